"""An occurrence of a standing order is a transfer of its customer's: funds and owners are looked at when it comes."""

from typing import Any

from tests.services.transactions.conftest import ACCOUNTS, PUT
from tests.services.transactions.day_bench import LEDGER, DayBench

ROUTE = "POST /internal/order-transfers"


def order(**changed: Any) -> dict[str, Any]:
    body = {"order_id": "o-1", "customer_id": "c-ada", "from_account_id": "a-ada", "to_account_number": "DE00BEN",
            "amount_minor": 1_000, "currency": "EUR"}  # fmt: skip
    return {**body, **changed}


class TestBookOrder:
    def test_books_a_transfer(self, days: DayBench) -> None:
        status, body = days.one(ROUTE, order(), LEDGER)
        assert (status, body["type"]) == (201, "transfer")
        assert days.booked("a-ben") == -49_000

    def test_refuses_what_is_not_covered(self, days: DayBench) -> None:
        assert days.one(ROUTE, order(amount_minor=1_000_001), LEDGER)[1]["code"] == "transactions.insufficient-funds"

    def test_refuses_who_owns_the_account_no_more(self, days: DayBench) -> None:
        contract = {"version": 2, "account_number": "DE00ADA", "owners": ["c-cleo"], "product": "savings",
                    "currency": "EUR", "branch_id": "main"}  # fmt: skip
        assert days.one(PUT, contract, ACCOUNTS, account_id="a-ada")[0] == 200
        assert days.one(ROUTE, order(), LEDGER)[1]["code"] == "transactions.account-not-found"
