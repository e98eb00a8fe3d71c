"""A job row is run once, tried again with patience, and left to a person when it keeps failing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlmodel import Session

from shared.clock import now
from shared.errors import Conflict
from shared.observability.context import current_request_id, current_traceparent, request_context
from shared.store.engine import Store
from shared.store.jobs import Job, claim_job, count_jobs, enqueue_job
from shared.worker.running import JobRunner, retry_wait
from tests.shared.worker import counting_worker


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("BANK_DATA_DIR", str(tmp_path))
    one = counting_worker.open_store()
    yield one
    one.close()


def enqueue(store: Store, number: int, **payload: int) -> str:
    with store.write() as session:
        job_id = enqueue_job(session, kind="count", unique_key=str(number), payload={"number": number, **payload})
    assert job_id
    return job_id


def row(store: Store, job_id: str) -> tuple[str, int, str | None]:
    jobs = store.plumbing.jobs
    with store.read() as session:
        found = session.execute(
            select(jobs.c.state, jobs.c.attempts, jobs.c.last_error).where(jobs.c.id == job_id)
        ).one()
    return found[0], found[1], found[2]


def make_due(store: Store, job_id: str) -> None:
    jobs = store.plumbing.jobs
    with store.write() as session:
        session.execute(update(jobs).where(jobs.c.id == job_id).values(run_after=now()))


class TestJobRunner:
    runner = JobRunner({"count": counting_worker.count}, lease_seconds=5, max_tries=3)

    def test_runs_a_job_once(self, store: Store) -> None:
        job_id = enqueue(store, 1)
        assert self.runner.run(store, job_id)
        assert not self.runner.run(store, job_id)
        assert row(store, job_id) == ("done", 1, None)

    def test_leaves_a_job_that_another_worker_holds(self, store: Store) -> None:
        job_id = enqueue(store, 1)
        with store.write() as session:
            assert claim_job(session, job_id, lease_seconds=60)
        assert not self.runner.run(store, job_id)
        assert row(store, job_id)[0] == "running"

    def test_tries_a_failed_job_later(self, store: Store) -> None:
        job_id = enqueue(store, 1, failures=1)
        assert not self.runner.run(store, job_id)
        assert row(store, job_id) == ("queued", 1, "RuntimeError")  # without the message: it may quote a person
        assert not self.runner.run(store, job_id)  # not due yet
        make_due(store, job_id)
        assert self.runner.run(store, job_id)
        assert row(store, job_id) == ("done", 2, None)

    def test_gives_up_after_the_last_try(self, store: Store) -> None:
        job_id = enqueue(store, 1, failures=99)
        for _ in range(3):
            make_due(store, job_id)
            self.runner.run(store, job_id)
        assert row(store, job_id) == ("dead", 3, "RuntimeError")

    def test_keeps_what_a_refusal_says(self, store: Store) -> None:
        def refuse(_store: Store, _job: Job) -> None:
            raise Conflict("The account is closed.")

        job_id = enqueue(store, 1)
        JobRunner({"count": refuse}, lease_seconds=5, max_tries=3).run(store, job_id)
        assert row(store, job_id)[2] == "Conflict: The account is closed."

    def test_gives_up_a_job_of_an_unknown_kind(self, store: Store) -> None:
        job_id = enqueue(store, 1)
        JobRunner({}, lease_seconds=5, max_tries=3).run(store, job_id)
        assert row(store, job_id)[0] == "dead"

    def test_keeps_the_lease_of_a_long_job(self, store: Store) -> None:
        leases = []

        def slow(one: Store, job: Job) -> None:
            import time

            jobs = one.plumbing.jobs
            for _ in range(2):
                with one.read() as session:
                    leases.append(session.execute(select(jobs.c.lease_until)).scalar_one())
                time.sleep(0.6)

        job_id = enqueue(store, 1)
        JobRunner({"count": slow}, lease_seconds=1, max_tries=3).run(store, job_id)
        assert leases[1] > leases[0]


class TestRetryWait:
    def test_doubles_up_to_two_minutes(self) -> None:
        assert retry_wait(1, luck=1.0) == timedelta(seconds=2)
        assert retry_wait(4, luck=0.0) == timedelta(seconds=8)
        assert retry_wait(50, luck=1.0) == timedelta(seconds=120)


class TestWhereAJobComesFrom:
    def test_goes_on_in_the_worker_and_is_no_part_of_the_payload(self, store: Store) -> None:
        seen: list[tuple[dict[str, object], str | None, str]] = []

        def look(_store: Store, job: Job) -> None:
            seen.append((job.payload, current_request_id(), current_traceparent() or ""))

        with request_context(request_id="request-7") as request:
            job_id = enqueue(store, 1)
        assert JobRunner({"count": look}, lease_seconds=5, max_tries=3).run(store, job_id)
        [(payload, request_id, traceparent)] = seen
        assert (payload, request_id) == ({"number": 1}, "request-7")
        assert traceparent[:35] == request.traceparent[:35]
        assert traceparent != request.traceparent

    def test_may_be_unknown(self, store: Store) -> None:
        assert self.runs(store, enqueue(store, 1))

    @staticmethod
    def runs(store: Store, job_id: str) -> bool:
        return JobRunner({"count": lambda _store, _job: None}, lease_seconds=5, max_tries=3).run(store, job_id)


class TestJobCount:
    def test_has_each_state_that_is_not_done(self, store: Store) -> None:
        enqueue(store, 1)
        with store.write() as session:
            assert claim_job(session, enqueue_in(session, 2), lease_seconds=60)
        with store.read() as session:
            assert count_jobs(session) == {"queued": 1, "running": 1, "dead": 0}


def enqueue_in(session: Session, number: int) -> str:
    job_id = enqueue_job(session, kind="count", unique_key=str(number), payload={"number": number})
    assert job_id
    return job_id
