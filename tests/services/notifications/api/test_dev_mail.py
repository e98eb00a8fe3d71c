"""The sandbox's mail viewer."""

from email.message import EmailMessage

import pytest
from fastapi.testclient import TestClient

from services.notifications.main import build_app
from services.notifications.settings import NotificationsSettings
from services.notifications.store.mailbox_store import store_mail
from shared.store.engine import Store
from tests.services.notifications.conftest import KnownPeople, OthersDouble

SCRIPT = "<script>alert('x')</script>"


def given_received(settings: NotificationsSettings, subject: str = SCRIPT) -> str:
    """Put a hostile mail into the mailbox."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "bank@demo.bank", "ada@demo.bank", subject
    mail.set_content(f"text {SCRIPT}")
    mail.add_alternative(f'<p>html {SCRIPT}</p>"><script>alert(2)</script>', subtype="html")
    return store_mail(settings.mailbox_dir, mail.as_bytes())


class TestDevMail:
    def test_lists_the_newest_first(self, http: TestClient, settings: NotificationsSettings) -> None:
        assert "No mail yet" in http.get("/dev/mail").text
        ids = [given_received(settings, subject) for subject in ("one", "two")]
        answer = http.get("/dev/mail", params={"format": "json"}).json()
        assert [(mail["id"], mail["subject"], mail["to"]) for mail in answer["items"]] == [
            (ids[1], "two", "ada@demo.bank"),
            (ids[0], "one", "ada@demo.bank"),
        ]

    def test_shows_script_as_text(self, http: TestClient, settings: NotificationsSettings) -> None:
        mail_id = given_received(settings)
        for path in ("/dev/mail", f"/dev/mail/{mail_id}"):
            page = http.get(path)
            assert page.headers["content-type"].startswith("text/html")
            assert "<script" not in page.text
            assert "&lt;script&gt;" in page.text
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script" not in policy
        assert '<iframe title="The mail as HTML" sandbox srcdoc=' in page.text

    def test_gives_the_bodies_as_json(self, http: TestClient, settings: NotificationsSettings) -> None:
        found = http.get(f"/dev/mail/{given_received(settings)}", params={"format": "json"}).json()
        assert found["text"] == f"text {SCRIPT}\n"
        assert found["html"].startswith("<p>html")

    @pytest.mark.parametrize("mail_id", ["0190a0b0-0000-7000-8000-000000000000", "..%2f..%2fetc%2fpasswd", "nonsense"])
    def test_finds_nothing_where_nothing_is(self, http: TestClient, mail_id: str) -> None:
        answer = http.get(f"/dev/mail/{mail_id}")
        assert answer.status_code == 404
        no_id = "%2f" in mail_id
        assert answer.json()["code"] == ("request.not-found" if no_id else "notifications.mail-not-found")

    def test_does_not_exist_in_production(self, store: Store, settings: NotificationsSettings) -> None:
        mail_id = given_received(settings)
        production = settings.model_copy(update={"environment": "production"})
        others = OthersDouble().client()
        with TestClient(build_app(settings=production, store=store, verifier=KnownPeople(), others=others)) as http:
            for path in ("/dev/mail", f"/dev/mail/{mail_id}"):
                assert http.get(path).status_code == 404
