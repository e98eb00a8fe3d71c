"""The screens of the app: how each is reached. `python -m tests.browser.screens` draws them into docs/screens."""

import sys
from base64 import b64decode
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.browser.chromium import LAUNCH, enter
from tests.browser.furniture import furnish
from tests.browser.screen import Screen
from tests.browser.staff_screens import STAFF_SCREENS
from tests.builders.bank import Bank

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ROOT / "docs" / "screens"
QUALITY = 82
DESKTOP, PHONE = ViewportSize(width=1366, height=900), ViewportSize(width=390, height=844)
Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Scheme, ViewportSize], ...] = (
    ("", "light", DESKTOP),
    ("-dark", "dark", DESKTOP),
    ("-phone", "light", PHONE),
)


def _first_account(page: Page) -> None:
    page.get_by_role("region", name="Your accounts").get_by_role("link").first.click()
    page.wait_for_url("**/accounts/*")
    expect(page.get_by_text("Booked", exact=True).first).to_be_visible()


def _first_movement(page: Page) -> None:
    _first_account(page)
    page.get_by_role("region", name="Movements").get_by_role("link").first.press("Enter")
    page.wait_for_url("**/movements/*")


def _review(page: Page) -> None:
    page.get_by_text("Own account").click()
    page.get_by_label("Amount in EUR").fill("12.50")
    page.get_by_role("button", name="Review").click()
    page.wait_for_url("**step=review*")


def _palette(page: Page) -> None:
    page.get_by_role("button", name="Search or jump to").click()
    expect(page.get_by_role("combobox")).to_be_visible()


def _first_order(page: Page) -> None:
    page.get_by_role("list", name="Your standing orders").get_by_role("link").first.click()
    page.wait_for_url("**/standing-orders/*")


def _owners(page: Page) -> None:
    _first_account(page)
    page.get_by_role("button", name="Owners").click()
    expect(page.get_by_role("list", name="Owners")).to_be_visible()


def _interest(page: Page) -> None:
    page.get_by_role("region", name="Your accounts").get_by_role("link").last.click()
    page.get_by_role("link", name="Interest", exact=True).click()
    page.wait_for_url("**/interest*")


def _first_ticket(page: Page) -> None:
    page.get_by_role("main").get_by_role("list").get_by_role("link").first.click()
    page.wait_for_url("**/tickets/*")


def _product_step(page: Page) -> None:
    page.get_by_label("First name").or_(page.get_by_label("Street and number")).wait_for()
    if page.get_by_label("Street and number").is_visible():
        return  # the wizard goes on where it was left
    page.get_by_label("First name").fill("Nora")
    page.get_by_label("Last name").fill("Neu")
    page.get_by_label("Date of birth").fill("1990-04-01")
    page.get_by_role("button", name="Continue").click()


SCREENS = (
    Screen("landing", "/", "A bank whose books", person=None),
    Screen("about", "/about", "About", person=None),
    Screen("sign-in", "/sign-in", "Sign in", person=None),
    Screen("forgotten-password", "/forgotten-password", "Forgotten password", person=None),
    Screen("register", "/register", "Become a customer", person=None, reach=_product_step),
    Screen("not-found", "/nowhere", "Not found", person=None),
    Screen("home", "/home", "Recent movements"),
    Screen("account", "/home", "Movements", reach=_first_account),
    Screen("movement", "/home", "Details of the movement", reach=_first_movement),
    Screen("open-account", "/open-account", "Open an account"),
    Screen("pay", "/pay", "Send money"),
    Screen("pay-review", "/pay", "Send money", reach=_review),
    Screen("cash", "/cash", "Deposit or withdraw"),
    Screen("payees", "/payees", "Payees"),
    Screen("standing-orders", "/standing-orders", "Standing orders"),
    Screen("standing-order", "/standing-orders", "Next days", reach=_first_order),
    Screen("new-standing-order", "/standing-orders/new", "New standing order"),
    Screen("statements", "/statements", "Statements"),
    Screen("signatures", "/signatures", "Signatures"),
    Screen("owners", "/home", "Owners", reach=_owners),
    Screen("interest", "/home", "Interest", reach=_interest),
    Screen("inbox", "/inbox", "Inbox"),
    Screen("preferences", "/inbox/preferences", "What reaches you"),
    Screen("tickets", "/tickets", "Support"),
    Screen("ticket", "/tickets", "A letter that did not arrive", reach=_first_ticket),
    Screen("new-ticket", "/tickets/new", "Ask for help"),
    Screen("profile", "/profile", "Profile"),
    Screen("settings", "/settings", "Settings"),
    Screen("security", "/security", "Security"),
    Screen("announcements", "/announcements", "Announcements"),
    Screen("palette", "/home", "Search or jump to", reach=_palette),
    *STAFF_SCREENS,
)


def _keep(page: Page, path: Path) -> None:
    """Write what is seen as WebP, which is a fifth of a PNG: the pictures are committed."""
    page.evaluate("() => document.activeElement?.blur()")
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.write_bytes(b64decode(taken["data"]))
    session.detach()


def draw(address: str, names: list[str]) -> None:
    """Draw screens on a desktop, on a phone, and in the dark; what is no screen any more is deleted."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        for look, scheme, size in LOOKS:
            for person in sorted({screen.person for screen in SCREENS}, key=str):
                context = browser.new_context(
                    base_url=address, locale="en-GB", viewport=size, color_scheme=scheme, reduced_motion="reduce"
                )
                page = context.new_page()
                if person:
                    enter(page, person)
                for screen in SCREENS:
                    if screen.person != person or (names and screen.name not in names):
                        continue
                    screen.open(page)
                    _keep(page, SHOWN / f"{screen.name}{look}.webp")
                context.close()
        browser.close()
    if not names:
        drawn = {f"{screen.name}{look}.webp" for screen in SCREENS for look, _, _ in LOOKS}
        for path in SHOWN.iterdir():
            if path.name not in drawn:
                path.unlink()


def main() -> None:
    """Start a bank, draw the screens named on the command line (or all), and stop it."""
    bank = Bank()
    try:
        furnish(bank.start())
        draw(f"http://localhost:{bank.ports['gateway']}", sys.argv[1:])
    finally:
        bank.stop()
        bank.remove()


if __name__ == "__main__":
    main()
