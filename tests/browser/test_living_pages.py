"""What a page does by itself: it follows the bank, finds old movements quickly, speaks German, obeys the keyboard."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.clock import now
from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.services.identity.app import Authenticator


class TestTheHome:
    @pytest.mark.alone
    def test_shows_a_deposit_made_elsewhere_within_two_seconds(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=10_000)
        sign_in(page, customer.email, customer.password)
        expect(page.locator("[data-minor='10000']").first).to_be_visible()
        expect(page.locator("[data-live=live]")).to_have_count(1)
        waited_seconds = []
        for total_minor in (12_345, 14_690, 17_035):
            began = time.monotonic()
            customer.pay_in(2_345)
            expect(page.locator(f"[data-minor='{total_minor}']").first).to_be_visible()
            waited_seconds.append(time.monotonic() - began)
        # The best of three: what else runs on the machine at that moment is not what is measured.
        assert min(waited_seconds) <= 2.0, waited_seconds

    def test_says_when_live_updates_are_interrupted_and_asks_instead(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=10_000)
        page.route("**/notifications/stream", lambda route: route.abort("connectionreset"))
        sign_in(page, customer.email, customer.password)
        expect(page.get_by_text("Live updates are interrupted")).to_be_visible()
        customer.pay_in(1_000)
        expect(page.locator("[data-minor='11000']").first).to_be_visible()

    def test_shows_money_in_and_out_as_a_picture_and_as_a_table(self, ada: Page) -> None:
        card = ada.locator("section").filter(has=ada.get_by_role("heading", name="Money in and out"))
        expect(card.locator("svg.recharts-surface").first).to_be_visible()
        card.get_by_role("button", name="Show as a table").click()
        expect(card.get_by_role("columnheader", name="Week from")).to_be_visible()
        expect(card.locator("svg.recharts-surface")).to_have_count(0)

    def test_keeps_balances_hidden_until_the_password_is_given(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=10_000)
        sign_in(page, customer.email, customer.password)
        page.goto("/settings")
        wish = page.get_by_label("Keep balances hidden until I enter my password")
        wish.click()
        expect(wish).to_be_checked()
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_text("Amount hidden").first).to_be_attached()
        expect(page.locator("[data-minor]")).to_have_count(0)
        page.get_by_role("button", name="Show balances").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Password, or code of your authenticator", exact=True).fill(customer.password)
        dialog.get_by_role("button", name="Show balances").click()
        expect(page.locator("[data-minor='10000']").first).to_be_visible()
        page.goto("/settings")  # the wish does not end without the password either
        wish.click()
        dialog.get_by_label("Password, or code of your authenticator", exact=True).fill("another password")
        dialog.get_by_role("button", name="Show balances").click()
        expect(dialog.get_by_role("alert")).to_be_visible()
        expect(wish).to_be_checked()
        dialog.get_by_label("Password, or code of your authenticator", exact=True).fill(customer.password)
        dialog.get_by_role("button", name="Show balances").click()
        expect(wish).not_to_be_checked()


class TestTheAccount:
    def test_keeps_its_filters_in_the_address(self, ada: Page) -> None:
        ada.get_by_role("link", name=re.compile("Current account")).click()
        ada.get_by_label("Search text").fill("taxi")
        ada.wait_for_url("**q=taxi*")
        frame = ada.get_by_label("Movements")
        expect(frame.get_by_role("link")).to_have_count(1)
        ada.reload()
        expect(ada.get_by_label("Search text")).to_have_value("taxi")
        expect(frame.get_by_role("link")).to_have_count(1)
        ada.get_by_role("button", name="Clear filters").click()
        expect(frame.get_by_role("link")).not_to_have_count(1)

    def test_explains_what_is_available(self, ada: Page) -> None:
        ada.get_by_role("link", name=re.compile("Rainy days")).click()
        ada.get_by_text("How this is worked out").click()
        expect(ada.locator("details[open]").get_by_text("Minimum balance")).to_be_visible()

    def test_is_opened_and_renamed(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/open-account")
        page.get_by_label(re.compile("Savings")).check()
        page.get_by_role("button", name="Open the account").click()
        page.wait_for_url("**/accounts/*")
        page.get_by_role("button", name="Rename").click()
        page.get_by_label("Name of the account").fill("For a boat")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="For a boat")).to_be_visible()


class TestSupport:
    def test_takes_a_question_and_shows_the_answer(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/tickets/new")
        page.get_by_label("Subject").fill("My card of paper")
        page.get_by_label("Tell us what happened").fill("It became wet.")
        page.get_by_role("button", name="Send to the bank").click()
        expect(page.get_by_text("It became wet.")).to_be_visible()
        ticket_id = page.url.rpartition("/")[2]
        desk = bank.client(bank.login_demo("sue"))
        assert desk.post(f"/tickets/{ticket_id}/messages", json={"text": "Dry it slowly."}).status_code == 201
        expect(page.get_by_text("Dry it slowly.")).to_be_visible()

    def test_takes_a_movement_that_is_not_right_as_a_dispute(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=5_000)
        sign_in(page, customer.email, customer.password)
        page.goto(f"/accounts/{customer.account_id}")
        page.get_by_role("region", name="Movements").get_by_role("link").first.click()
        expect(page.get_by_text("Ordered and booked")).to_be_visible()
        page.get_by_role("link", name="Report a problem").click()
        page.get_by_label("Subject").fill("Not mine")
        page.get_by_label("Tell us what happened").fill("I do not know this payment.")
        page.get_by_role("button", name="Send to the bank").click()
        expect(page.get_by_text("I do not know this payment.")).to_be_visible()
        raised = customer.http.get("/tickets").json()["items"][0]
        assert raised["type"] == "dispute"
        assert raised["transaction_id"]


class TestTheBell:
    def test_counts_what_arrives_and_what_was_read(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=1_000)
        sign_in(page, customer.email, customer.password)
        customer.http.post("/notifications/read", json={})
        expect(page.locator("[data-live=live]")).to_have_count(1)
        bell = page.get_by_role("banner").get_by_role("link", name=re.compile("Inbox|unread"))
        customer.pay_in(2_000)
        expect(bell).to_have_accessible_name(re.compile("[1-9] unread message"))
        bell.click()
        page.get_by_role("button", name="Mark as read").first.click()
        expect(page.locator("[data-minor='2000']").first).to_be_visible()


class TestTheKeyboard:
    def test_opens_the_palette_goes_and_leaves(self, ada: Page) -> None:
        ada.keyboard.press("Control+k")
        field = ada.get_by_role("combobox", name="Search or jump to")
        expect(field).to_be_focused()
        ada.keyboard.press("Escape")
        expect(field).to_have_count(0)
        ada.keyboard.press("/")
        expect(field).to_be_focused()
        ada.keyboard.type("secur")
        ada.keyboard.press("Enter")
        expect(ada.get_by_role("heading", name="Security")).to_be_visible()

    def test_alone_sends_money_from_the_form_to_the_receipt(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=5_000)
        number = bank.new_customer().account["account_number"]
        sign_in(page, customer.email, customer.password)
        page.goto("/pay")
        for field, typed in (
            ("Name of the payee", "Toni Tester"),
            ("Account number", number),
            ("Amount in EUR", "7.00"),
        ):
            _tab_to(page, page.get_by_label(field))
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        _tab_to(page, page.get_by_role("button", name="Send €7.00"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert customer.booked_minor() == 4_300


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted part has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


class TestMotion:
    def test_stops_for_whoever_wishes_less_of_it(self, ada: Page) -> None:
        ada.emulate_media(reduced_motion="reduce")
        longest = ada.evaluate(
            "() => Math.max(...[...document.querySelectorAll('*')].flatMap((one) => {"
            "  const style = getComputedStyle(one);"
            "  return `${style.transitionDuration},${style.animationDuration}`.split(',').map(parseFloat);"
            "}))"
        )
        assert longest <= 0.001


class TestTheLanguage:
    def test_is_german_when_wished_and_stays_so(self, ada: Page) -> None:
        ada.get_by_role("button", name="Language").click()
        ada.get_by_role("menuitem", name="Deutsch").click()
        expect(ada.get_by_role("heading", name="Letzte Bewegungen")).to_be_visible()
        ada.reload()
        expect(ada.get_by_role("heading", name="Letzte Bewegungen")).to_be_visible()
        assert ada.evaluate("() => document.documentElement.lang") == "de"
        expect(ada.get_by_text(re.compile(r"17,99\s€")).first).to_be_visible()


class TestTheSecurityCentre:
    def test_ends_a_session_elsewhere(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/security")
        page.get_by_role("button", name="Sign out there").first.click()
        bank.wait_until(lambda: customer.http.get("/auth/me").status_code == 401)

    def test_sets_an_authenticator_up_by_its_picture(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/security")
        page.get_by_role("button", name="Set up").click()
        page.get_by_label("Password, or code of your authenticator").fill(customer.password)
        page.get_by_role("button", name="Confirm and send").click()
        expect(page.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
        secret = page.locator("code").inner_text()
        page.get_by_label("Code", exact=True).fill(Authenticator.typed(secret).code(now()))
        page.get_by_role("button", name="Confirm", exact=True).click()
        expect(page.get_by_text("Your recovery codes")).to_be_visible()
