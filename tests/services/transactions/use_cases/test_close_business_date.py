"""Closing the business date: once, forward only, at the end of the batch it comes in."""

from datetime import date, timedelta

from tests.services.transactions.conftest import DEPOSIT, TESS
from tests.services.transactions.day_bench import LEDGER, DayBench

CLOSE = "POST /internal/business-date/close"


class TestCloseBusinessDate:
    def test_opens_the_next_date_and_refuses_any_other(self, days: DayBench) -> None:
        order = {"closing": "2027-11-15", "opening": "2027-11-16"}
        assert days.one(CLOSE, order, LEDGER) == (200, {"business_date": "2027-11-16"})
        assert days.today == date(2027, 11, 16)
        for wrong in (order, {"closing": "2027-11-16", "opening": "2027-11-16"}):
            assert days.one(CLOSE, wrong, LEDGER)[1]["code"] == "transactions.wrong-business-date"

    def test_takes_in_what_is_booked_in_the_same_batch(self, days: DayBench) -> None:
        opening = (days.today + timedelta(days=1)).isoformat()
        close = days.submission(CLOSE, {"closing": days.today.isoformat(), "opening": opening}, LEDGER)
        cash = {"account_id": "a-ada", "amount_minor": 5, "currency": "EUR"}
        later = days.submission(DEPOSIT, cash, TESS)
        assert [answer.status for answer in days.book(close, later)] == [200, 201]
        kept = "SELECT booked_minor FROM end_of_day_balances WHERE account_id = 'a-ada'"
        assert days.rows(kept) == [(1_000_005,)]
        assert days.rows("SELECT max(business_date) FROM journal_entries") == [("2027-11-15",)]
