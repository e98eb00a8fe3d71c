"""What a bank does by itself and writes down: standing orders, statements."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chromium import sign_in
from tests.builders.bank import Bank


def _fill_order(page: Page, *, number: str, amount: str, name: str = "Toni Tester") -> None:
    page.goto("/standing-orders/new")
    page.get_by_label("Name of the payee").fill(name)
    page.get_by_label("Account number").fill(number)
    page.get_by_label("Amount in EUR").fill(amount)
    page.get_by_label("Text for the payee").fill("Rent")
    page.get_by_role("button", name="Review").click()


class TestStandingOrders:
    def test_are_set_up_paused_changed_and_cancelled(self, bank: Bank, page: Page) -> None:
        payer, payee = bank.new_customer(deposit_minor=50_000), bank.new_customer()
        sign_in(page, payer.email, payer.password)
        page.goto("/standing-orders")
        expect(page.get_by_text("Nothing is planned.")).to_be_visible()
        _fill_order(page, number=payee.account["account_number"], amount="640.00")
        expect(page.get_by_text("The name matches")).to_be_visible()
        page.get_by_role("button", name="Set up").click()
        page.wait_for_url(re.compile("/standing-orders/[0-9a-f-]{36}$"))
        expect(page.get_by_role("heading", name="Rent")).to_be_visible()
        expect(page.locator("[data-minor='64000']")).to_be_visible()
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_text("paused", exact=True)).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("active", exact=True)).to_be_visible()
        page.get_by_role("button", name="Change").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Amount in EUR").fill("650.00")
        dialog.get_by_role("button", name="Save").click()
        expect(page.locator("[data-minor='65000']")).to_be_visible()
        page.get_by_role("link", name="All standing orders").click()
        upcoming = page.get_by_role("list", name="Upcoming").get_by_role("listitem")
        expect(upcoming).to_have_count(5)
        page.get_by_role("list", name="Your standing orders").get_by_role("link").click()
        page.get_by_role("button", name="Cancel the order").click()
        page.get_by_role("button", name="Yes, cancel it").click()
        expect(page.get_by_text("cancelled", exact=True)).to_be_visible()
        assert payer.http.get("/standing-orders/upcoming").json()["items"] == []

    def test_of_a_large_amount_are_confirmed_with_the_password(self, bank: Bank, page: Page) -> None:
        payer, payee = bank.new_customer(), bank.new_customer()
        sign_in(page, payer.email, payer.password)
        _fill_order(page, number=payee.account["account_number"], amount="12,000.00")
        page.get_by_role("button", name="Set up").click()
        page.get_by_label("Password, or code of your authenticator").fill(payer.password)
        page.get_by_role("button", name="Confirm and send").click()
        page.wait_for_url(re.compile("/standing-orders/[0-9a-f-]{36}$"))
        assert len(payer.http.get("/standing-orders").json()["items"]) == 1

    def test_to_another_name_are_warned_of(self, bank: Bank, page: Page) -> None:
        payer, payee = bank.new_customer(), bank.new_customer()
        sign_in(page, payer.email, payer.password)
        _fill_order(page, number=payee.account["account_number"], amount="5.00", name="Somebody Else")
        expect(page.get_by_text("The name does not match")).to_be_visible()
        expect(page.get_by_role("button", name="Set up")).to_be_disabled()


class TestStatements:
    def test_are_made_on_demand_and_saved_in_every_format(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=12_345)
        sign_in(page, customer.email, customer.password)
        page.goto("/statements")
        expect(page.get_by_text("There is no statement of this account yet.")).to_be_visible()
        page.get_by_role("button", name="Make a statement").click()
        line = page.get_by_role("list", name="Your statements").get_by_role("listitem")
        expect(line).to_have_count(1)
        formats = {"PDF": "%PDF-", "CSV": "123.45", "camt.053": "<BkToCstmrStmt", "JSON": '"closing_minor"'}
        for name, within in formats.items():
            with page.expect_download() as saved:
                line.get_by_role("link", name=re.compile(f"^{re.escape(name)} of")).click()
            assert within.encode() in Path(saved.value.path()).read_bytes(), name
        expect(line.locator("[data-minor='12345']")).to_be_visible()
