"""What staff see of a customer: masked until they say why, which the customer reads, and never without being seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import enter
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


@pytest.fixture(scope="module")
def known(bank: Bank) -> BankCustomer:
    """Give a customer whom the desk looks at."""
    return bank.new_customer(deposit_minor=10_000)


def _id(customer: BankCustomer) -> str:
    return str(customer.http.get("/customers/me").json()["id"])


class TestACustomerAtTheDesk:
    def test_is_masked_until_there_is_a_reason_that_the_customer_reads(self, known: BankCustomer, page: Page) -> None:
        enter(page, "tess")
        page.goto(f"/staff/customers/{_id(known)}")
        expect(page.get_by_role("button", name="Show all")).to_be_visible()
        expect(page.get_by_text(known.email)).to_have_count(0)
        page.get_by_role("button", name="Show all").click()
        page.get_by_label("Reason").fill("Calls about a lost card.")
        page.get_by_role("dialog").get_by_role("button", name="Show all").click()
        expect(page.get_by_text(known.email)).to_be_visible()
        reasons = [one["reason"] for one in known.http.get("/customers/me/views").json()["items"]]
        assert "Calls about a lost card." in reasons

    def test_is_signed_out_everywhere_with_a_reason_of_the_audit_trail(
        self, bank: Bank, known: BankCustomer, page: Page
    ) -> None:
        enter(page, "sue")
        page.goto(f"/staff/customers/{_id(known)}")
        page.get_by_role("button", name="Sign out everywhere").click()
        page.get_by_label("Reason").fill("The phone was stolen.")
        page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
        expect(page.get_by_text("This person is signed in nowhere.")).to_be_visible()
        bank.wait_until(lambda: known.http.get("/customers/me").status_code == 401)
        amir = bank.client(bank.login_demo("amir"))
        kept = amir.get("/audit", params={"service": "identity"}).json()["items"]
        assert ("end-sessions-of-user", "The phone was stolen.") in [(one["command"], one["reason"]) for one in kept]

    def test_and_an_account_say_which_colleague_has_them_open(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=10_000)
        colleague = bank.client(bank.login_demo("sam"))
        places = f"customers/{_id(customer)}", f"accounts/{customer.account['id']}"
        for place in places:
            assert colleague.post(f"/{place}/viewing", json={}).status_code == 200
        enter(page, "tess")
        for place in places:
            page.goto(f"/staff/{place}")
            expect(page.get_by_text(re.compile("Also open at:"))).to_be_visible()


class TestAColleague:
    def test_has_sign_ins_and_sessions_that_an_auditor_sees(self, bank: Bank, page: Page) -> None:
        sam = bank.client(bank.login_demo("sam"))
        user_id = sam.get("/auth/me").json()["user_id"]
        enter(page, "amir")
        page.goto(f"/staff/audit?actor={user_id}")
        expect(page.get_by_role("region", name="Sign-ins").get_by_role("row").nth(1)).to_contain_text("Signed in")
        expect(page.get_by_role("region", name="Where they are signed in").get_by_role("row").nth(1)).to_be_visible()
        expect(page.get_by_role("button", name="Sign out everywhere")).to_have_count(0)
