"""Send money: whatever happens on the way, it is one transfer, and the person knows where it stands."""

import re

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

START_MINOR = 50_000


class Payment:
    """A payer at a browser and a payee in the bank, both new: their balances tell how often money moved."""

    def __init__(self, bank: Bank, page: Page) -> None:
        """Register both and sign the payer in."""
        self.page = page
        self.payer = bank.new_customer(deposit_minor=START_MINOR)
        self.payee: BankCustomer = bank.new_customer()
        sign_in(page, self.payer.email, self.payer.password)

    def fill(self, amount: str = "12.50", name: str = "Toni Tester") -> None:
        """Fill the form and go on to the review."""
        self.page.goto("/pay")
        self.page.get_by_label("Name of the payee").fill(name)
        self.page.get_by_label("Account number").fill(self.payee.account["account_number"])
        self.page.get_by_label("Amount in EUR").fill(amount)
        self.page.get_by_role("button", name="Review").click()
        self.page.wait_for_url("**step=review*")

    @property
    def send(self) -> str:
        """Give the name of the button that sends."""
        return "Send €12.50"

    def moved_minor(self) -> int:
        """Give what has left the payer, after checking that it arrived at the payee."""
        left = START_MINOR - self.payer.booked_minor()
        assert self.payee.booked_minor() == left
        return left


class TestSendingMoney:
    def test_reaches_the_payee_and_ends_with_a_receipt(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        payment.fill()
        expect(page.get_by_text("The name matches")).to_be_visible()
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert payment.moved_minor() == 1_250
        page.get_by_role("link", name="See the movement").click()
        expect(page.get_by_role("heading", name="Details of the movement")).to_be_visible()

    def test_twice_at_once_is_one_transfer(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        payment.fill()
        page.get_by_role("button", name=payment.send).dblclick()
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert payment.moved_minor() == 1_250

    def test_back_after_the_receipt_shows_that_it_was_sent(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        payment.fill()
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        page.go_back()
        expect(page.get_by_text("This payment was sent already")).to_be_visible()
        expect(page.get_by_role("button", name=payment.send)).to_have_count(0)
        page.reload()
        expect(page.get_by_text("This payment was sent already")).to_be_visible()
        assert payment.moved_minor() == 1_250

    def test_whose_answer_is_lost_is_asked_for_again_under_the_same_key(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        keys: list[str] = []

        def lose_the_first_answer(route: Route) -> None:
            if "dry_run" in route.request.url:
                route.continue_()
                return
            keys.append(str(route.request.header_value("idempotency-key")))
            if len(keys) == 1:
                route.fetch()  # the bank books it
                route.abort("connectionreset")
            else:
                route.continue_()

        payment.fill()
        page.route(re.compile("/api/v1/transfers"), lose_the_first_answer)
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("We are finding out where your payment stands")).to_be_visible()
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert len(set(keys)) == 1 < len(keys)
        assert payment.moved_minor() == 1_250

    def test_through_a_reload_before_the_answer_is_one_transfer(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        payment.fill()
        lost = [True]

        def lose_every_answer(route: Route) -> None:
            if lost[0]:
                route.fetch()
                route.abort("connectionreset")
            else:
                route.continue_()

        page.route(re.compile(r"/api/v1/transfers$"), lose_every_answer)
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("We are finding out where your payment stands")).to_be_visible()
        lost[0] = False
        page.reload()
        expect(page.get_by_text(re.compile("^Sent$"))).to_be_visible()
        assert payment.moved_minor() == 1_250

    def test_offline_says_so_and_goes_on_when_connected(self, bank: Bank, page: Page, context: BrowserContext) -> None:
        payment = Payment(bank, page)
        payment.fill()
        context.set_offline(True)
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("You are offline.")).to_be_visible()
        expect(page.get_by_text("We are finding out where your payment stands")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert payment.moved_minor() == 1_250


class TestTheForm:
    def test_says_at_once_what_cannot_be_sent(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        page.goto("/pay")
        page.get_by_label("Account number").fill("DE00 9991 2345 0000 0000 00")
        expect(page.get_by_text("its check digits do not fit")).to_be_visible()
        page.get_by_label("Amount in EUR").fill("500.01")
        expect(page.get_by_text("more than the €500.00 available")).to_be_visible()
        page.get_by_label("Amount in EUR").fill("1.234")
        expect(page.get_by_text("fewer digits")).to_be_visible()
        assert payment.moved_minor() == 0

    def test_warns_of_a_name_that_does_not_match_and_offers_one_that_is_close(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        payment.fill(name="Somebody Else")
        expect(page.get_by_text("The name does not match")).to_be_visible()
        expect(page.get_by_role("button", name=payment.send)).to_be_disabled()
        payment.fill(name="Tony Tester")
        expect(page.get_by_text("The name is close, but not exact")).to_be_visible()
        page.get_by_role("button", name="Use “Toni Tester”").click()
        expect(page.get_by_text("The name matches")).to_be_visible()

    def test_moves_money_between_own_accounts(self, bank: Bank, ada: Page) -> None:
        ada.goto("/pay")
        ada.get_by_text("Own account").click()
        ada.get_by_label("Amount in EUR").fill("1.00")
        ada.get_by_role("button", name="Review").click()
        ada.get_by_role("button", name="Send €1.00").click()
        expect(ada.get_by_text("Sent", exact=True)).to_be_visible()


class TestPayees:
    def test_are_compared_kept_paid_renamed_removed_and_put_back(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        page.goto("/payees")
        page.get_by_role("button", name="Add a payee").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name of the payee").fill("Toni Testter")
        dialog.get_by_label("Account number").fill(payment.payee.account["account_number"])
        dialog.get_by_role("button", name="Check and add").click()
        expect(dialog.get_by_text("The name is close, but not exact")).to_be_visible()
        dialog.get_by_role("button", name="Use “Toni Tester”").click()
        dialog.get_by_role("button", name="Check and add").click()
        payees = page.get_by_role("list", name="Payees").get_by_role("listitem")
        expect(payees).to_have_count(1)
        page.get_by_role("button", name="Rename Toni Tester").click()
        page.get_by_label("What you call them").fill("Toni at work")
        page.get_by_role("button", name="Save").click()
        expect(payees.first).to_contain_text("Toni at work")
        page.get_by_role("button", name="Remove Toni at work").click()
        expect(payees).to_have_count(0)
        page.get_by_role("button", name="Put back").click()
        expect(payees).to_have_count(1)
        page.get_by_role("link", name="Pay Toni at work").click()
        expect(page.get_by_label("Name of the payee")).to_have_value("Toni Tester")
        page.get_by_label("Amount in EUR").fill("12.50")
        page.get_by_role("button", name="Review").click()
        page.get_by_role("button", name=payment.send).click()
        expect(page.get_by_text("Sent", exact=True)).to_be_visible()
        assert payment.moved_minor() == 1_250

    def test_of_another_name_are_added_only_on_purpose(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        page.goto("/payees")
        page.get_by_role("button", name="Add a payee").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name of the payee").fill("Somebody Else")
        dialog.get_by_label("Account number").fill(payment.payee.account["account_number"])
        dialog.get_by_role("button", name="Check and add").click()
        expect(dialog.get_by_text("The name does not match")).to_be_visible()
        assert payment.payer.http.get("/payees").json()["items"] == []
        dialog.get_by_role("button", name="Add anyway").click()
        expect(page.get_by_text("name does not match", exact=True)).to_be_visible()


class TestCash:
    def test_is_deposited_and_withdrawn_where_the_product_allows(self, bank: Bank, page: Page) -> None:
        payment = Payment(bank, page)
        for action, amount in (("Deposit", "20.00"), ("Withdraw", "5.00")):
            page.goto("/cash")
            page.get_by_text(action, exact=True).first.click()
            page.get_by_label("Amount in EUR").fill(amount)
            page.get_by_role("button", name=f"{action} €{amount}").click()
            page.wait_for_url("**order=*")
            page.get_by_role("button", name=f"{action} €{amount}").click()
            expect(page.get_by_role("status").get_by_text(re.compile("^(Deposited|Withdrawn)$"))).to_be_visible()
        assert payment.payer.booked_minor() == START_MINOR + 1_500
