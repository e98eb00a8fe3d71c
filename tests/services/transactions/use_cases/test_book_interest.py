"""Interest, from the order to the rows."""

from typing import Any

import pytest

from shared.store.outbox_queries import events_after
from tests.services.transactions.conftest import INTEREST, OLU, LedgerBench


def interest(**more: Any) -> dict[str, Any]:
    """Make the body of interest."""
    return {"account_id": "a-ada", "amount_minor": 25, "currency": "EUR", **more}


class TestBookInterest:
    @pytest.mark.parametrize(
        ("direction", "booked", "against"), [("credit", 525, "interest-expense"), ("debit", 475, "interest-income")]
    )
    def test_is_paid_from_expense_and_charged_to_income(
        self, bench: LedgerBench, direction: str, booked: int, against: str
    ) -> None:
        bench.deposit(bench.open("ada"), 500)
        status, body = bench.one(INTEREST, interest(direction=direction), OLU)
        assert (status, body["type"], bench.booked("a-ada")) == (201, "interest", booked)
        other = next(p for p in body["postings"] if p["account_id"] != "a-ada")
        assert (bench.account(other["account_id"]).kind, other["balance_after_minor"]) == (against, 25)
        with bench.store.read() as session:
            told = events_after(session, 0, 10)[-1]
        assert (told["type"], told["data"]["direction"]) == ("bank.transactions.interest-booked.v1", direction)

    def test_is_paid_unless_said_otherwise(self, bench: LedgerBench) -> None:
        bench.open("ada", freeze="credit")
        assert bench.one(INTEREST, interest(), OLU)[0] == 201
        assert bench.booked("a-ada") == 25

    def test_keeps_the_reason(self, bench: LedgerBench) -> None:
        bench.open("ada")
        assert bench.one(INTEREST, interest(reason="A day too late"), OLU)[0] == 201
        assert bench.reasons("book-interest") == ["A day too late"]

    def test_on_an_overdraft_may_pass_its_limit(self, bench: LedgerBench) -> None:
        bench.open("ada", overdraft_limit_minor=10)
        assert bench.one(INTEREST, interest(direction="debit"), OLU)[0] == 201
        assert (bench.booked("a-ada"), bench.account("a-ada").available_minor) == (-25, -15)
