"""What is written down to be posted where a period ends, and what stays accrued."""

from datetime import date

from services.transactions.store.own_posting_store import list_postings
from tests.services.transactions.day_bench import DayBench


class TestSettleInterest:
    def test_carries_on_what_rounding_left(self, days: DayBench) -> None:
        days.deposit("a-ada", 1)
        days.end_days(date(2027, 12, 1))
        with days.store.read() as session:
            [posting] = list_postings(session, "a-ada", entry_type="interest")
        assert (posting.period, posting.amount_minor, posting.opening) == ("2027-11", 1600, 0)
        assert posting.amount_minor * 16_030_800_000 + posting.carry == posting.accrued
        assert posting.carry > 0

    def test_waits_for_the_quarter_where_the_terms_say_so(self, days: DayBench) -> None:
        days.terms("savings", version=2, since=date(2027, 11, 16), capitalisation="quarterly")
        days.end_days(date(2027, 12, 1))
        assert days.booked("a-ada") == 1_000_000
        days.end_days(date(2028, 1, 1))
        assert days.booked("a-ada") == 1_000_000 + 4_700
        assert days.rows("SELECT period FROM own_postings WHERE kind = 'credit'") == [("2027-Q4",)]
