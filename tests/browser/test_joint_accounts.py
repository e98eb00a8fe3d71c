"""Two people come to own an account together, and what needs both is done once both have signed."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import PATIENCE_MS, sign_in
from tests.browser.screens import DESKTOP
from tests.builders.bank import Bank

CONFIRM = "Password, or code of your authenticator"


def _sign_all(page: Page) -> None:
    page.goto("/home")
    expect(page.get_by_text("1 thing waits for your signature")).to_be_visible()
    page.get_by_role("link", name="Look and sign").click()
    page.get_by_role("region", name="Waiting for you").get_by_role("button", name="Sign", exact=True).click()


class TestAnAccountOfTwo:
    def test_is_shared_and_pays_once_both_have_signed(
        self, bank: Bank, chromium: Browser, address: str, page: Page
    ) -> None:
        one, other, payee = bank.new_customer(deposit_minor=9_000), bank.new_customer(), bank.new_customer()
        elsewhere = chromium.new_context(base_url=address, locale="en-GB", viewport=DESKTOP)
        elsewhere.set_default_timeout(PATIENCE_MS)
        try:
            second = elsewhere.new_page()
            sign_in(page, one.email, one.password)
            sign_in(second, other.email, other.password)

            page.goto(f"/accounts/{one.account_id}")
            page.get_by_role("button", name="Owners").click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_role("button", name="Invite an owner").click()
            dialog.get_by_label("Their e-mail address at this bank").fill(other.email)
            dialog.get_by_label("How owners sign").select_option("both")
            dialog.get_by_role("button", name="Invite", exact=True).click()
            dialog.get_by_label(CONFIRM).fill(one.password)
            dialog.get_by_role("button", name="Confirm and send").click()
            expect(dialog.get_by_text("they find your invitation under")).to_be_visible()

            _sign_all(second)
            bank.wait_until(lambda: len(one.http.get(f"/accounts/{one.account_id}/owners").json()["items"]) == 2)
            bank.wait_until(lambda: other.http.get(f"/accounts/{one.account_id}").json().get("status") == "open")

            page.goto(f"/pay?from={one.account_id}")
            page.get_by_label("Name of the payee").fill("Toni Tester")
            page.get_by_label("Account number").fill(payee.account["account_number"])
            page.get_by_label("Amount in EUR").fill("25.00")
            page.get_by_role("button", name="Review").click()
            page.get_by_role("button", name="Send €25.00").click()
            expect(page.get_by_text("Waiting for the other owners")).to_be_visible()
            page.reload()
            expect(page.get_by_text("Nothing has left your account.")).to_be_visible()
            assert payee.booked_minor() == 0

            _sign_all(second)
            expect(second.get_by_text("Nothing waits for your signature.")).to_be_visible()
            decided = second.get_by_role("list", name="Decided").get_by_role("listitem")
            expect(decided.first).to_contain_text("Pay €25.00 to Toni Tester")
            bank.wait_until(lambda: payee.booked_minor() == 2_500)
            assert one.booked_minor() == 6_500
        finally:
            elsewhere.close()
