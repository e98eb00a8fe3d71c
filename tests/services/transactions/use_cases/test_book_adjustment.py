"""Adjustments, from the order to the rows."""

from typing import Any

import pytest

from services.transactions.domain.chart_of_accounts import cash_account, internal_account
from tests.services.transactions.conftest import ADJUSTMENT, OLU, LedgerBench


def adjustment(account_id: str, amount_minor: int, **more: Any) -> dict[str, Any]:
    """Make an adjustment's body."""
    body = {"account_id": account_id, "direction": "debit", "against": "suspense", "reason": "counted again"}
    return {**body, "amount_minor": amount_minor, "currency": "EUR", **more}


class TestBookAdjustment:
    @pytest.mark.parametrize(
        ("direction", "against", "booked", "other"),
        [
            ("debit", "suspense", 460, 40),
            ("credit", "suspense", 540, -40),
            ("debit", "over-short", 460, -40),
            ("credit", "over-short", 540, 40),
        ],
    )
    def test_moves_the_account_and_the_other_way_its_counterpart(
        self, bench: LedgerBench, direction: str, against: Any, booked: int, other: int
    ) -> None:
        bench.deposit(bench.open("ada"), 500)
        body = adjustment("a-ada", 40, direction=direction, against=against)
        status, answer = bench.one(ADJUSTMENT, body, OLU)
        assert (status, answer["type"], answer["description"]) == (201, "adjustment", "counted again")
        assert bench.booked("a-ada") == booked
        assert bench.booked(internal_account(against, currency="EUR").id) == other

    def test_puts_a_drawer_right_that_was_counted_short(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 500)
        cash = cash_account(branch_id="main", currency="EUR").id
        body = adjustment(cash, 3, direction="credit", against="over-short")
        assert bench.one(ADJUSTMENT, body, OLU)[0] == 201
        assert (bench.booked(cash), bench.booked(internal_account("over-short", currency="EUR").id)) == (497, 3)

    def test_keeps_its_reason_in_the_audit_trail(self, bench: LedgerBench) -> None:
        bench.open("ada")
        bench.one(ADJUSTMENT, adjustment("a-ada", 3), OLU)
        with bench.store.read() as session:
            rows = session.connection().exec_driver_sql("SELECT command, user_id, reason FROM audit ORDER BY sequence")
            assert rows.all()[-1] == ("book-adjustment", "u-olu", "counted again")

    def test_is_refused_on_missing_accounts_and_against_itself(self, bench: LedgerBench) -> None:
        bench.open("ada")
        bench.one(ADJUSTMENT, adjustment("a-ada", 3), OLU)
        suspense = internal_account("suspense", currency="EUR").id
        codes = [bench.one(ADJUSTMENT, adjustment(one, 3), OLU)[1]["code"] for one in ("a-nobody", suspense)]
        assert codes == ["transactions.account-not-found", "transactions.same-account"]
