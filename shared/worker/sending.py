"""Sending a job's id to the workers right after its commit, without ever making the committer wait.

A thread of its own speaks to Redis; what it cannot send the sweeper sends from the job row.
"""

import os
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Lock, Thread
from weakref import WeakKeyDictionary

import structlog
from celery import Celery
from kombu.exceptions import KombuError, OperationalError
from kombu.transport.redis import Channel
from redis import RedisError

log = structlog.get_logger(__name__)

RUN_JOB = "run_job"
# Redis keeps a list for each step of priority; the lowest number is taken first.
FIRST, ORDINARY = 0, 6


def ordinary_list(queue: str) -> str:
    """Give the name of the Redis list in which a queue's ordinary messages wait (kombu's way of writing it)."""
    return f"{queue}{Channel.sep}{ORDINARY}"


_WAITING_JOBS = 1000


class _Sender:
    """The sending thread of one Celery app in one process."""

    def __init__(self, app: Celery) -> None:
        self.pid = os.getpid()
        self._app = app
        self._waiting: Queue[str] = Queue(maxsize=_WAITING_JOBS)
        Thread(target=self._run, name="job-sender", daemon=True).start()

    def send(self, job_id: str) -> None:
        try:
            self._waiting.put_nowait(job_id)
        except Full:
            log.warning("job-left-to-the-sweeper", job=job_id)

    def _run(self) -> None:
        while True:
            job_id = self._waiting.get()
            try:
                send_now(self._app, [job_id])
            except (KombuError, OperationalError, RedisError, OSError) as fault:
                left = 1 + self._forget_waiting()
                log.warning("jobs-left-to-the-sweeper", count=left, error=type(fault).__name__)

    def _forget_waiting(self) -> int:
        """Empty the queue: after an outage old ids would only arrive beside those of the sweeper."""
        count = 0
        with suppress(Empty):
            while count < _WAITING_JOBS:
                self._waiting.get_nowait()
                count += 1
        return count


_senders: WeakKeyDictionary[Celery, _Sender] = WeakKeyDictionary()
_lock = Lock()


def send_job(app: Celery, job_id: str) -> None:
    """Wake a worker for a job; made for `after_commit`: never raises, never waits for Redis."""
    with _lock:
        sender = _senders.get(app)
        if sender is None or sender.pid != os.getpid():  # a forked worker has no threads of its parent
            sender = _senders[app] = _Sender(app)
    sender.send(job_id)


def send_now(app: Celery, job_ids: list[str], *, priority: int = ORDINARY) -> None:
    """Send job ids on one connection; raises what kombu raises when Redis does not answer."""
    with app.producer_or_acquire() as producer:
        for job_id in job_ids:
            options = {"queue": app.main, "producer": producer, "priority": priority}
            app.send_task(RUN_JOB, args=(job_id,), ignore_result=True, **options)
