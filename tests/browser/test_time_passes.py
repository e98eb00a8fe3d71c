"""What the end of a month brings: interest with its days, a statement by itself, a standing order that was sent.

It moves the bank's clock, so it runs alone, after the other files of this folder.
"""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def saver(bank: Bank) -> BankCustomer:
    """Give a customer with savings, a standing order for tomorrow, and the first days of the next month behind them."""
    customer = bank.new_customer(product="savings", deposit_minor=1_000_000)
    payee = bank.new_customer()
    today = customer.http.get("/business-date").json()
    order = {
        "from_account_id": customer.account_id,
        "to_account_number": payee.account["account_number"],
        "amount_minor": 1_500,
        "currency": "EUR",
        "description": "Club",
        "start_on": today["next_business_date"],
        "calendar_rule": "none",
    }
    assert customer.http.post("/standing-orders", json=order).status_code == 201
    day = date.fromisoformat(today["business_date"])
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    moved = bank.client(bank.login_demo("alma")).post(
        "/business-date/advance", json={"days": (next_month - day).days + 1}
    )
    assert moved.status_code == 202, moved.text
    wanted = next_month.isoformat()
    bank.wait_until(
        lambda: (
            customer.http.get("/business-date").json()["business_date"] > wanted
            and customer.http.get(f"/interest/{customer.account_id}").json()["credits"]
        ),
        timeout_seconds=120,
    )
    return customer


class TestInterest:
    def test_shows_what_was_credited_and_every_day_of_it(self, saver: BankCustomer, page: Page) -> None:
        sign_in(page, saver.email, saver.password)
        page.goto(f"/accounts/{saver.account_id}")
        page.get_by_role("link", name="Interest", exact=True).click()
        expect(page.get_by_role("heading", name="What was credited")).to_be_visible()
        sheet = saver.http.get(f"/interest/{saver.account_id}").json()["credits"][0]
        expect(page.locator(f"[data-minor='{sheet['amount_minor']}']").first).to_be_visible()
        page.get_by_role("button", name="Day by day").first.click()
        days = page.get_by_role("region", name="day by day").get_by_role("row")
        path = f"/interest/{saver.account_id}/postings/{sheet['period']}/{sheet['kind']}"
        expect(days).to_have_count(len(saver.http.get(path).json()["rows"]) + 2)
        page.reload()
        expect(days).not_to_have_count(0)
        with page.expect_download() as saved:
            page.get_by_role("link", name="as CSV").click()
        assert saved.value.suggested_filename.endswith(".csv")


class TestWhatCameByItself:
    def test_a_standing_order_was_sent_and_leads_to_its_movement(self, saver: BankCustomer, page: Page) -> None:
        sign_in(page, saver.email, saver.password)
        page.goto("/standing-orders")
        page.get_by_role("list", name="Your standing orders").get_by_role("link").click()
        expect(page.get_by_text("sent", exact=True)).to_be_visible()
        page.get_by_role("link", name="See the movement").click()
        expect(page.get_by_role("heading", name="Details of the movement")).to_be_visible()

    def test_the_statement_of_the_month_is_there(self, saver: BankCustomer, page: Page) -> None:
        sign_in(page, saver.email, saver.password)
        page.goto("/statements")
        expect(page.get_by_text("at the end of the month").first).to_be_visible()
