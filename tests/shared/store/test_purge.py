"""What is kept for a while goes, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from services.support.settings import SupportSettings
from shared.clock import now
from shared.store.engine import Store
from shared.store.idempotency import StoredAnswer, save_answer
from shared.store.jobs import claim_job, enqueue_job, fail_job, finish_job
from shared.store.purge import ANSWERS_KEPT, JOBS_KEPT, PORTION, purge_answers, purge_jobs
from shared.worker.app import PURGE, create_worker

DAY = timedelta(days=1)


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    return make_store("support")


def count(store: Store, table: str) -> int:
    with store.read() as session:
        return int(session.execute(select(func.count()).select_from(getattr(store.plumbing, table))).scalar() or 0)


def keep_answers(store: Store, number: int) -> None:
    with store.write() as session:
        for one in range(number):
            save_answer(
                session, principal="user:u", route="POST /x", key=f"k{one}", fingerprint="f",
                answer=StoredAnswer(201, "{}"),
            )  # fmt: skip


class TestPurge:
    def test_keeps_answers_for_more_than_a_week(self, store: Store) -> None:
        keep_answers(store, 3)
        assert purge_answers(store, now=now() + 7 * DAY) == 0
        assert purge_answers(store, now=now() + ANSWERS_KEPT - timedelta(minutes=1)) == 0
        assert (purge_answers(store, now=now() + ANSWERS_KEPT + DAY), count(store, "idempotency")) == (3, 0)

    def test_goes_on_portion_by_portion(self, store: Store) -> None:
        keep_answers(store, PORTION + 1)
        assert purge_answers(store, now=now() + 30 * DAY) == PORTION + 1

    def test_takes_jobs_that_are_done_and_leaves_those_that_are_not(self, store: Store) -> None:
        with store.write() as session:
            jobs = [enqueue_job(session, kind="k", unique_key=str(one), payload={}) for one in range(3)]
            done, dead, waiting = (str(job) for job in jobs)
            for job in (done, dead):
                claim_job(session, job, lease_seconds=9)
            finish_job(session, done)
            fail_job(session, dead, "broken", retry_at=None)
        assert purge_jobs(store, now=now() + JOBS_KEPT - DAY) == 0
        assert purge_jobs(store, now=now() + JOBS_KEPT + DAY) == 1
        with store.read() as session:
            assert set(session.execute(select(store.plumbing.jobs.c.id)).scalars()) == {dead, waiting}

    def test_is_on_the_schedule_of_every_worker(self) -> None:
        worker = create_worker(SupportSettings(environment="sandbox"), store_factory=lambda: None, handlers={})  # type: ignore[arg-type, return-value]
        assert PURGE in worker.conf.beat_schedule
