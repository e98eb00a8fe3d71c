"""The end of a business date: what accounts hold is kept, and the next day begins."""

from datetime import date, timedelta

import pytest

from services.transactions.store.book_queries import end_of_days
from services.transactions.store.day_store import last_sequence, last_sequence_before, move_business_date
from services.transactions.store.ledger_queries import booked_as_of
from services.transactions.store.ledger_store import read_business_date
from shared import clock
from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer

TODAY = clock.now().date()


def day(number: int) -> date:
    """Give the day so many days from today."""
    return TODAY + timedelta(days=number)


@pytest.fixture
def three_days(bench: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> LedgerBench:
    """Give a ledger that booked on days 1, 2 and 4: ada on each, ben on the first and the last."""

    def on(number: int) -> None:
        monkeypatch.setattr(clock._BankOffset, "value", timedelta(days=number))
        with bench.store.write() as session:
            move_business_date(session, day(number))

    on(1)
    bench.open("ben")
    bench.deposit(bench.open("ada"), 100)
    bench.one(TRANSFER, transfer("a-ada", "a-ben", 10), ADA)
    on(2)
    bench.deposit("a-ada", 5)
    on(4)
    bench.one(TRANSFER, transfer("a-ada", "a-ben", 20), ADA)
    return bench


def kept(store: Store, account_id: str) -> list[tuple[date, int]]:
    """Give an account's end-of-day balances."""
    with store.read() as session:
        return list(end_of_days(session, account_id, from_day=None, to_day=None, after=None, limit=99))


class TestMoveBusinessDate:
    def test_keeps_what_the_accounts_hold_that_moved_on_the_day(self, three_days: LedgerBench) -> None:
        assert kept(three_days.store, "a-ada") == [(day(1), 90), (day(2), 95)]
        assert kept(three_days.store, "a-ben") == [(day(1), 10)]

    def test_agrees_with_balances_as_of_each_day(self, three_days: LedgerBench) -> None:
        with three_days.store.read() as session:
            for account_id in ("a-ada", "a-ben"):
                for ended, booked in kept(three_days.store, account_id):
                    assert booked_as_of(session, account_id, ended) == booked
            assert booked_as_of(session, "a-ben", day(3)) == 10

    def test_goes_forward_only_and_keeps_a_day_once(self, three_days: LedgerBench) -> None:
        with three_days.store.write() as session:
            for number in (4, 3, 1):
                move_business_date(session, day(number))
            assert read_business_date(session) == day(4)
        before = kept(three_days.store, "a-ada")
        with three_days.store.write() as session:
            move_business_date(session, day(5))
            move_business_date(session, day(5))
            move_business_date(session, day(6))
        assert kept(three_days.store, "a-ada") == [*before, (day(4), 75)]

    def test_is_kept_for_the_banks_own_accounts_too(self, three_days: LedgerBench) -> None:
        assert three_days.count("end_of_day_balances") == 5

    def test_leaves_rows_that_nobody_changes(self, three_days: LedgerBench) -> None:
        for change in ("UPDATE end_of_day_balances SET booked_minor = 1", "DELETE FROM end_of_day_balances"):
            with pytest.raises(Exception, match="append-only"), three_days.store.write() as session:
                session.connection().exec_driver_sql(change)


class TestLastSequence:
    def test_is_found_by_day_and_by_moment(self, three_days: LedgerBench) -> None:
        with three_days.store.read() as session:
            assert [last_sequence(session, day(number)) for number in range(6)] == [0, 2, 3, 3, 4, 4]
            assert last_sequence_before(session, day(2)) == 2
            assert last_sequence_before(session, date.min) == 0
            assert last_sequence(session, clock.now() + timedelta(days=1, hours=1)) == 2
            assert last_sequence(session, clock.now() + timedelta(days=9)) == 4

    def test_of_an_empty_ledger_is_nothing(self, bench: LedgerBench) -> None:
        with bench.store.read() as session:
            assert last_sequence(session, TODAY) == 0


class TestGuards:
    def test_an_entry_names_an_account_once_in_the_database_itself(self, three_days: LedgerBench) -> None:
        again = (
            "INSERT INTO postings SELECT entry_sequence, 9, account_id, 'debit', amount_minor, 0 FROM postings "
            "WHERE entry_sequence = 1 AND leg = 0"
        )
        with pytest.raises(Exception, match=r"UNIQUE|unique"), three_days.store.write() as session:
            session.connection().exec_driver_sql(again)
