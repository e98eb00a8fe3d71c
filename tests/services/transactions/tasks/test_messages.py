"""Celery's message for an end of day is lost, comes twice, at once to two workers, or an hour late: the same state."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest

from services.transactions.tasks.watch_business_date import END_OF_DAY, run_end_of_day, watch_business_date
from shared.store.engine import Store
from shared.store.jobs import due_jobs, enqueue_job
from shared.store.migrate import migrate
from shared.store.schema import tables_of
from shared.worker import running
from shared.worker.running import JobRunner
from tests.services.transactions.conftest import TESS, WITHDRAWAL
from tests.services.transactions.day_bench import DayBench

pytestmark = pytest.mark.sqlite

EVE, NEXT = date(2027, 11, 30), date(2027, 12, 1)


def small(store: Store) -> DayBench:
    """Give a ledger on the last day of a month, with interest to post and a fee to charge."""
    days = DayBench(store)
    days.open_books(EVE)
    days.terms("savings", fees=[{"kind": "monthly", "amount_minor": 7, "currency": "EUR", "waivable": False}])
    days.rate(365, product="savings")
    days.deposit(days.open("ada", product="savings"), 1_000_000)
    assert days.one(WITHDRAWAL, {"account_id": "a-ada", "amount_minor": 5, "currency": "EUR"}, TESS)[0] == 201
    return days


def asked(days: DayBench) -> str:
    """Write the job row that the schedule writes."""
    with days.store.write() as session:
        payload = {"business_date": EVE.isoformat()}
        job_id = enqueue_job(session, kind=END_OF_DAY, unique_key=EVE.isoformat(), payload=payload)
    assert job_id is not None
    return job_id


def runner(days: DayBench) -> JobRunner:
    """Give the worker's own runner."""
    return JobRunner({END_OF_DAY: partial(run_end_of_day, end_of_day=days.end)}, lease_seconds=30, max_tries=9)


def sweep(days: DayBench) -> list[str]:
    """Give what the sweeper would send of the ends of days."""
    ends = {job_id for (job_id,) in days.rows(f"SELECT id FROM jobs WHERE kind = '{END_OF_DAY}'")}
    with days.store.read() as session:
        return [job_id for job_id in due_jobs(session) if job_id in ends]


@pytest.fixture
def wanted(tmp_path: Path) -> str:
    """Give the state that one message, in time, leaves."""
    plumbing = tables_of("transactions")[1]
    store = Store(f"sqlite:///{tmp_path}/wanted.db", service="transactions", plumbing=plumbing)
    migrate(store)
    days = small(store)
    assert runner(days).run(days.store, asked(days))
    assert days.today == NEXT
    found = days.state_hash()
    store.close()
    return found


class TestAMessage:
    def test_that_was_lost_is_sent_again_by_the_sweeper(self, make_store: Callable[[str], Store], wanted: str) -> None:
        days = small(make_store("transactions"))
        job_id = asked(days)
        assert sweep(days) == [job_id]
        for found in sweep(days):
            assert runner(days).run(days.store, found)
        assert (days.state_hash(), sweep(days)) == (wanted, [])

    def test_that_comes_twice_is_done_once(self, make_store: Callable[[str], Store], wanted: str) -> None:
        days = small(make_store("transactions"))
        job_id = asked(days)
        assert [runner(days).run(days.store, job_id) for _ in range(3)] == [True, False, False]
        assert days.state_hash() == wanted

    def test_that_comes_to_two_workers_at_once_is_taken_by_one(
        self, make_store: Callable[[str], Store], wanted: str
    ) -> None:
        days = small(make_store("transactions"))
        job_id, taken, start = asked(days), [], Barrier(2)

        def work() -> None:
            start.wait()
            taken.append(runner(days).run(days.store, job_id))

        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (sorted(taken), days.state_hash()) == ([False, True], wanted)

    def test_that_comes_an_hour_late_changes_nothing(
        self, make_store: Callable[[str], Store], wanted: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        days = small(make_store("transactions"))
        job_id, on_time = asked(days), running.now()
        assert runner(days).run(days.store, job_id)
        monkeypatch.setattr("shared.store.jobs.now", lambda: on_time + timedelta(hours=1))
        assert not runner(days).run(days.store, job_id)
        assert days.state_hash() == wanted

    def test_is_written_once_however_often_the_schedule_looks(self, make_store: Callable[[str], Store]) -> None:
        days = small(make_store("transactions"))
        assert not watch_business_date(days.store, calendar=days.end.calendar)  # a date that lies ahead is not over
        asked(days)
        with days.store.write() as session:
            payload = {"business_date": EVE.isoformat()}
            assert enqueue_job(session, kind=END_OF_DAY, unique_key=EVE.isoformat(), payload=payload) is None
