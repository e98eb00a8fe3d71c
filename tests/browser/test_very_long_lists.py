"""An account with ten thousand movements: few rows in the page, and no task that holds up a finger.

It floods the bank with facts and measures, so it runs alone, after the other files of this folder.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.ids import new_id
from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

pytestmark = pytest.mark.alone
BATCHES, OF = 10, 1_000
MOST_ROWS, LONGEST_TASK_MS = 200, 50.0


@pytest.fixture(scope="module")
def payer(bank: Bank) -> BankCustomer:
    """Give a customer whose account has ten thousand movements and the deposit before them."""
    customer, payee = bank.new_customer(deposit_minor=BATCHES * OF * 10), bank.new_customer()
    order = {
        "from_account_id": customer.account_id,
        "to_account_number": payee.account["account_number"],
        "currency": "EUR",
    }
    for batch in range(BATCHES):
        orders = [{**order, "amount_minor": 1 + n % 9, "description": f"row {batch} {n}"} for n in range(OF)]
        body = {"transfers": orders, "atomic": True}
        booked = customer.http.post("/transfers/batch", json=body, headers={"idempotency-key": new_id()})
        assert booked.status_code == 201, booked.text
    return customer


def _longest_task_ms(trace: bytes) -> float:
    """Give the longest task on the page's own thread, by the processor's time: other programs do not count."""
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    names = {(one["pid"], one["tid"]): one["args"]["name"] for one in events if one["name"] == "thread_name"}
    own = [one for one in events if names.get((one["pid"], one["tid"])) == "CrRendererMain"]
    tasks = [one for one in own if one["name"] in ("RunTask", "ThreadControllerImpl::RunTask") and "tdur" in one]
    assert tasks, "the trace has no tasks"
    return max(one["tdur"] for one in tasks) / 1_000.0


class TestTenThousandMovements:
    def test_scroll_without_a_long_task_and_with_few_rows(
        self, payer: BankCustomer, chromium: Browser, page: Page
    ) -> None:
        sign_in(page, payer.email, payer.password)
        page.goto(f"/accounts/{payer.account_id}")
        frame = page.get_by_label("Movements")
        expect(frame.get_by_role("link").first).to_be_visible()
        chromium.start_tracing(page=page, categories=["toplevel", "__metadata"])
        frame.hover()
        for _ in range(25):
            page.mouse.wheel(0, 900)
            page.wait_for_timeout(40)
        longest_ms = _longest_task_ms(chromium.stop_tracing())
        assert longest_ms <= LONGEST_TASK_MS, longest_ms
        most = 0
        end = page.get_by_text("That is everything.")
        for _ in range(600):
            frame.evaluate("one => one.scrollBy(0, one.scrollHeight)")
            most = max(most, frame.get_by_role("link").count())
            if end.count():
                break
            page.wait_for_timeout(50)
        expect(end).to_be_visible()
        assert 0 < most <= MOST_ROWS, most
        expect(frame.get_by_text("Deposit").first).to_be_visible()
        assert page.evaluate("() => document.querySelectorAll('*').length") < 3_000

    def test_show_what_arrives_without_fetching_all_pages_again(self, payer: BankCustomer, page: Page) -> None:
        sign_in(page, payer.email, payer.password)
        page.goto(f"/accounts/{payer.account_id}")
        frame = page.get_by_label("Movements")
        for _ in range(3):
            frame.evaluate("one => one.scrollBy(0, one.scrollHeight)")
            page.wait_for_timeout(300)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/transactions?" in request.url else None)
        payer.pay_in(77_777)
        frame.evaluate("one => one.scrollTo(0, 0)")
        expect(frame.locator("[data-minor='77777']").first).to_be_visible()
        assert not any("limit=200" in url for url in asked), asked
