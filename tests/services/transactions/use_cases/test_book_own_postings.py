"""What is written down is booked once, however often it is tried."""

from dataclasses import replace
from datetime import date

from services.transactions.store.end_of_day_store import find_run
from services.transactions.store.own_posting_store import add_postings, find_posting
from services.transactions.use_cases.book_own_postings import book_own_postings
from tests.services.transactions.day_bench import DayBench


class TestBookOwnPostings:
    def test_replays_what_was_booked_and_not_noted(self, days: DayBench) -> None:
        days.end_days(date(2027, 12, 1))
        with days.store.read() as session:
            run = find_run(session, date(2027, 11, 30))
            done = find_posting(session, "a-ada", "2027-11", "credit")
        assert run is not None
        assert done is not None
        entries = days.count("journal_entries")
        with days.store.write() as session:
            session.connection().exec_driver_sql("UPDATE own_postings SET state = 'intended', entry_id = NULL")
        assert book_own_postings(days.store, days.lane, run, limit=9) == 3
        assert days.count("journal_entries") == entries
        with days.store.read() as session:
            assert find_posting(session, "a-ada", "2027-11", "credit") == done

    def test_keeps_one_of_each_account_period_and_kind(self, days: DayBench) -> None:
        days.end_days(date(2027, 12, 1))
        with days.store.read() as session:
            done = find_posting(session, "a-ada", "2027-11", "credit")
        assert done is not None
        with days.store.write() as session:
            assert add_postings(session, [replace(done, amount_minor=1)]) == 0
