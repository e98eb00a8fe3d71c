"""Closing an account posts what has accrued, pays out the rest with it, and leaves nothing to accrue."""

from datetime import date
from typing import Any

import pytest

from tests.services.transactions.conftest import ACCOUNTS, PUT, TESS, WITHDRAWAL
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.interest_arithmetic import half_even, interest
from tests.services.transactions.tasks.conftest import days

__all__ = ["days"]

D = date.fromisoformat


def close(days: DayBench, name: str, version: int = 2, **more: Any) -> tuple[int, dict[str, Any]]:
    contract = {"version": version, "account_number": f"DE00{name.upper()}", "owners": [f"c-{name}"],
                "product": "savings", "currency": "EUR", "branch_id": "main", "status": "closed", **more}  # fmt: skip
    return days.one(PUT, contract, ACCOUNTS, account_id=f"a-{name}")


class TestFinalInterest:
    def test_is_posted_and_paid_out_with_the_rest(self, days: DayBench) -> None:
        days.end_days(D("2027-11-22"))
        expected = half_even(interest([(D("2027-11-15"), D("2027-11-22"), 1_000_000, [(0, 365)])], "act/365f"))
        eve = days.open("eve", product="savings")
        status, answer = close(days, "ada", payout_account_id=eve)
        assert (status, answer["paid_out_minor"]) == (200, 1_000_000 + expected)
        assert (days.booked("a-ada"), days.booked(eve)) == (0, 1_000_000 + expected)
        found = days.rows("SELECT period, kind, direction, amount_minor, state FROM own_postings")
        assert found == [("2027-11-22", "credit", "credit", expected, "booked")]
        assert days.rows("SELECT count(*) FROM outbox WHERE type = 'bank.transactions.interest-booked.v1'") == [(1,)]

    def test_leaves_nothing_to_accrue_or_to_post(self, days: DayBench) -> None:
        days.end_days(D("2027-11-22"))
        close(days, "ada", payout_account_id=days.open("eve", product="savings"))
        days.end_days(D("2027-12-02"))
        assert days.rows("SELECT credit_accrued FROM day_positions WHERE account_id = 'a-ada'") == [("0",)]
        assert days.rows("SELECT count(*) FROM own_postings WHERE account_id = 'a-ada'") == [(1,)]
        assert days.rows("SELECT count(*) FROM own_postings WHERE state = 'refused'") == [(0,)]

    def test_is_taken_from_what_an_overdraft_cost(self, days: DayBench) -> None:
        days.end_days(D("2027-11-22"))
        days.deposit("a-ben", 50_200)
        contract = {"product": "current", "payout_account_id": "a-ada"}
        status, answer = close(days, "ben", **contract)
        assert (status, answer["paid_out_minor"]) == (200, 200 - 7 * 15)
        assert days.booked("a-ben") == 0

    def test_that_is_owed_keeps_an_empty_account_open(self, days: DayBench) -> None:
        days.end_days(D("2027-11-22"))
        days.deposit("a-ben", 50_000)
        status, answer = close(days, "ben", product="current", payout_account_id="a-ada")
        assert (status, answer["code"], answer["booked_minor"]) == (409, "transactions.account-not-empty", -105)
        assert days.booked("a-ben") == 0

    def test_needs_somewhere_to_go(self, days: DayBench) -> None:
        days.end_days(D("2027-11-22"))
        assert (
            days.one(WITHDRAWAL, {"account_id": "a-ada", "amount_minor": 1_000_000, "currency": "EUR"}, TESS)[0] == 201
        )
        status, answer = close(days, "ada")
        assert (status, answer["booked_minor"]) == (409, 700)
        assert days.count("own_postings") == 0

    @pytest.mark.parametrize("day", ["2027-11-15", "2027-11-22"])
    def test_waits_while_an_end_of_day_is_at_the_account(self, days: DayBench, day: str) -> None:
        days.end_days(D(day))

        class Stopped(Exception):
            """Ends the end of day where it is."""

        def stop(step: str) -> None:
            if step == "mark-dormancy":
                raise Stopped

        days.end.at = stop
        with pytest.raises(Stopped):
            days.end_day()
        days.end.at = lambda _step: None
        assert days.lane is not None
        days_open = days.today
        eve = days.open("eve", product="savings")
        with pytest.raises(AssertionError):
            assert close(days, "ada", payout_account_id=eve)[0] == 200
        assert days.booked("a-ada") == 1_000_000
        days.end.run(days_open, job_id="again")
        assert close(days, "ada", payout_account_id=eve)[0] == 200
