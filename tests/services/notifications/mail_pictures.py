"""Pictures of every mail as a phone shows it (390 px), for `docs/mails`; the English ones on a dark screen, too.

`python -m tests.services.notifications.mail_pictures` draws them anew with Chromium; `test_mail_pictures.py` tells
from the fingerprints in `pictures.json` when that is due, without a browser.
"""

import hashlib
import json
import shutil
from email.message import EmailMessage
from pathlib import Path
from typing import get_args

from services.notifications.domain.preference import Language
from tests.services.notifications.mail_samples import catalogue, sample_mail

FOLDER = Path(__file__).parents[3] / "docs" / "mails"
FINGERPRINTS = FOLDER / "pictures.json"
WIDTH = 390


def html_of(mail: EmailMessage) -> str:
    """Give the HTML of a mail."""
    body = mail.get_body(preferencelist=("html",))
    return "" if body is None else str(body.get_content())


def fingerprints() -> dict[str, str]:
    """Give what each picture shows, by its file name, as a hash of the mail's HTML."""
    found = {}
    for language in get_args(Language):
        for name in sorted(catalogue(language)):
            html = html_of(sample_mail(name, language))
            shown = hashlib.sha256(html.encode()).hexdigest()[:16]
            found |= {f"{name}.{look}.jpg": shown for look in ([language, "dark"] if language == "en" else [language])}
    return found


def draw() -> None:
    """Draw every picture and note what it shows."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.jpg"):
        old.unlink()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 100})
        for file in fingerprints():
            name, look, _ = file.split(".")
            page.emulate_media(color_scheme="dark" if look == "dark" else "light")
            page.set_content(html_of(sample_mail(name, "de" if look == "de" else "en")))
            page.screenshot(full_page=True, path=FOLDER / file, type="jpeg", quality=40)
        browser.close()
    FINGERPRINTS.write_text(json.dumps(fingerprints(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    draw()
