"""Asking for the clock to be moved, and the job that moves it, cut off and taken up again."""

from collections.abc import Iterator

import pytest

from services.transactions.domain.business_date import AlreadyAdvancing, ClockFixed
from services.transactions.store.advance_store import running_advance
from services.transactions.tasks.advance_clock import run_advance_clock
from services.transactions.tasks.watch_business_date import run_end_of_day, watch_business_date
from services.transactions.use_cases.request_advance import request_advance
from shared import clock
from shared.clock import bank_now
from shared.errors import Unavailable
from shared.store.jobs import Job, claim_job, due_jobs
from tests.services.transactions.conftest import SAM, LedgerBench
from tests.services.transactions.day_bench import DayBench


@pytest.fixture
def bank(bench: LedgerBench) -> Iterator[DayBench]:
    """Give a ledger whose business date is today's, and put the clock back afterwards."""
    before = clock._BankOffset.value
    days = DayBench(bench.store)
    days.open_books(days.end.calendar.business_date_at(bank_now()))
    yield days
    clock._BankOffset.value = before


def ask(bank: DayBench, number: int, *, sandbox: bool = True) -> Job:
    """Ask for so many days and take the job."""
    with bank.store.write() as session:
        request_advance(session, caller=SAM, days=number, sandbox=sandbox, at=bank_now())
    with bank.store.write() as session:
        [job_id] = due_jobs(session)
        job = claim_job(session, job_id, lease_seconds=60)
    assert job is not None
    return job


class TestRequestAdvance:
    def test_keeps_the_reason(self, bank: DayBench) -> None:
        with bank.store.write() as session:
            request_advance(session, caller=SAM, days=1, sandbox=True, at=bank_now(), reason="To see the interest")
        assert bank.rows("SELECT reason FROM audit WHERE command = 'advance-clock'") == [("To see the interest",)]

    def test_ends_each_date_in_order_and_moves_the_clock(self, bank: DayBench) -> None:
        first, moment = bank.today, bank_now()
        run_advance_clock(bank.store, ask(bank, 3), end_of_day=bank.end)
        assert (bank.today - first).days == 3
        assert round((bank_now() - moment).total_seconds() / 86_400) == 3
        assert len(bank.rows("SELECT 1 FROM end_of_days WHERE state = 'done'")) == 3
        with bank.store.read() as session:
            assert running_advance(session) is None

    def test_goes_on_with_the_day_it_was_cut_off_at(self, bank: DayBench, monkeypatch: pytest.MonkeyPatch) -> None:
        first, job, book, calls = bank.today, ask(bank, 3), bank.lane.book, []

        def breaks(commands: object) -> object:
            calls.append(1)
            if len(calls) == 4:
                raise Unavailable("The writer is away.")
            return book(commands)  # type: ignore[arg-type]

        monkeypatch.setattr(bank.lane, "book", breaks)
        with pytest.raises(Unavailable):
            run_advance_clock(bank.store, job, end_of_day=bank.end)
        assert (bank.today - first).days == 1
        for _ in range(2):  # a message that comes twice
            run_advance_clock(bank.store, job, end_of_day=bank.end)
        assert (bank.today - first).days == 3
        assert bank.rows("SELECT count(*) FROM end_of_days") == [(3,)]

    def test_takes_one_request_at_a_time_and_none_outside_the_sandbox(self, bank: DayBench) -> None:
        with pytest.raises(ClockFixed):
            ask(bank, 1, sandbox=False)
        ask(bank, 1)
        with pytest.raises(AlreadyAdvancing):
            ask(bank, 1)


class TestWatchBusinessDate:
    def test_makes_one_job_for_a_date_that_is_over_and_an_hour_late_is_the_same(self, bank: DayBench) -> None:
        calendar = bank.end.calendar
        assert not watch_business_date(bank.store, calendar=calendar)
        clock.advance_bank_offset(int(clock._BankOffset.value.total_seconds()) + 90_000)
        first = bank.today
        assert watch_business_date(bank.store, calendar=calendar)
        assert not watch_business_date(bank.store, calendar=calendar), "two schedulers, one job"
        with bank.store.write() as session:
            [job_id] = due_jobs(session)
            job = claim_job(session, job_id, lease_seconds=60)
        assert job is not None
        for _ in range(2):  # a message that comes twice
            run_end_of_day(bank.store, job, end_of_day=bank.end)
        assert (bank.today - first).days == 1
