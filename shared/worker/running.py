"""Running one job: claim its row, do the work, note how it went. A second message for the same job does nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from random import SystemRandom
from threading import Event, Thread

import structlog
from sqlalchemy import update

from shared.clock import now
from shared.errors import BankError
from shared.observability.context import request_context
from shared.observability.tracing import span
from shared.store.engine import Store
from shared.store.jobs import Job, claim_job, fail_job, finish_job
from shared.worker.metrics import JOB_SECONDS, JOBS

log = structlog.get_logger(__name__)

JobHandler = Callable[[Store, Job], None]
"""Does the work of one kind of job; it may run twice, so its effects carry the job's unique key."""

LONGEST_WAIT_SECONDS = 120.0
_RANDOM = SystemRandom()


def retry_wait(attempts: int, *, luck: float) -> timedelta:
    """Give the wait after so many tries: doubling up to two minutes, between half and all of it by luck (0 to 1)."""
    whole = min(LONGEST_WAIT_SECONDS, 2.0 ** min(attempts, 10))
    return timedelta(seconds=whole * (0.5 + luck / 2))


class JobRunner:
    """Runs jobs of one store with the handlers of their kinds."""

    def __init__(self, handlers: Mapping[str, JobHandler], *, lease_seconds: int, max_tries: int) -> None:
        """Run with these handlers; a job that failed `max_tries` times is dead and waits for a person."""
        self._handlers = handlers
        self._lease_seconds = lease_seconds
        self._max_tries = max_tries

    def run(self, store: Store, job_id: str) -> bool:
        """Run a job if it is due and in nobody's hands; True when it was done now.

        :raises Unavailable: if the store stays busy; the job row is as it was, or its lease runs out
        """
        with store.write(alone=False) as session:
            job = claim_job(session, job_id, lease_seconds=self._lease_seconds)
        if job is None:
            return False
        with request_context(request_id=job.request_id, traceparent=job.traceparent):
            return self._run(store, job)

    def _run(self, store: Store, job: Job) -> bool:
        handler = self._handlers.get(job.kind)
        if handler is None or job.attempts > self._max_tries:
            why = "It ends its workers." if handler else "No handler for this kind of job."
            self._failed(store, job, why, dead=True)
            return False
        try:
            with (
                span(f"job {job.kind}", kind="CONSUMER", attributes={"bank.job": job.id, "bank.attempt": job.attempts}),
                _kept_lease(store, job, self._lease_seconds),
                JOB_SECONDS.labels(store.service, job.kind).time(),
            ):
                handler(store, job)
        except Exception as fault:  # noqa: BLE001 - whatever broke is noted in the row and tried again
            detail = f": {fault}" if isinstance(fault, BankError) else ""  # others may quote personal data
            self._failed(store, job, f"{type(fault).__name__}{detail}", dead=job.attempts >= self._max_tries)
            return False
        with store.write(alone=False) as session:
            finish_job(session, job.id)
        self._count(store, job, "done")
        log.info("job-done", job=job.id, kind=job.kind, attempts=job.attempts)
        return True

    def _count(self, store: Store, job: Job, result: str) -> None:
        JOBS.labels(store.service, job.kind if job.kind in self._handlers else "unknown", result).inc()

    def _failed(self, store: Store, job: Job, error: str, *, dead: bool) -> None:
        retry_at = None if dead else now() + retry_wait(job.attempts, luck=_RANDOM.random())
        with store.write(alone=False) as session:
            fail_job(session, job.id, error[:500], retry_at=retry_at)
        self._count(store, job, "dead" if dead else "failed")
        say = log.error if dead else log.warning
        say("job-dead" if dead else "job-failed", job=job.id, kind=job.kind, attempts=job.attempts, error=error[:200])


@contextmanager
def _kept_lease(store: Store, job: Job, lease_seconds: int) -> Iterator[None]:
    """Renew the lease while the work goes on, so that a long job is not taken for a lost one."""
    done = Event()

    def renew() -> None:
        table = store.plumbing.jobs
        while not done.wait(lease_seconds / 3):
            try:
                with store.write(alone=False) as session:
                    held = update(table).where(table.c.id == job.id, table.c.state == "running")
                    session.execute(held.values(lease_until=now() + timedelta(seconds=lease_seconds)))
            except Exception as fault:  # noqa: BLE001 - the next renewal may succeed; a second run is harmless
                log.warning("lease-not-renewed", job=job.id, error=type(fault).__name__)

    thread = Thread(target=renew, name=f"lease-{job.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
