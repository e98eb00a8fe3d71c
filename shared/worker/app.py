"""The Celery app of a service's worker: `run_job` runs one job row, `sweep` sends the rows that are due.

One machine: `celery -A services.<service>.worker:app worker --pool=threads -c 2 --beat-inside -Q <service>`. Redis
carries job ids only; what it forgets the sweeper sends again within seconds.
"""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any

import structlog
from celery import Celery, signals

from shared.clock import now
from shared.observability.context import request_context
from shared.observability.logs import configure_logging
from shared.observability.tracing import configure_tracing
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.job_queries import SCHEDULED, note_schedule
from shared.store.jobs import count_due_jobs, due_jobs
from shared.store.purge import purge_answers, purge_jobs
from shared.worker.beat_inside import offer_beat_inside
from shared.worker.connection import EagerAMQP
from shared.worker.metrics import JOBS_DUE, JobCount
from shared.worker.process import watch_worker
from shared.worker.running import JobHandler, JobRunner
from shared.worker.sending import FIRST, RUN_JOB, ordinary_list, send_now

log = structlog.get_logger(__name__)

SWEEP = "sweep"
SWEEP_SECONDS = 2.0
SWEEP_JOBS = 500
PURGE = "purge-kept"
PURGE_SECONDS = 600.0
NOTE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Every:
    """Work on a schedule. It must be harmless to run twice, and to be late or left out once."""

    seconds: float
    run: Callable[[Store], None]


def purge_kept(store: Store, *, answers: bool) -> None:
    """Delete what was kept for a while: jobs that are done, and answers unless another process writes those."""
    gone = purge_jobs(store, now=now()) + (purge_answers(store, now=now()) if answers else 0)
    if gone:
        log.info("purged-kept", rows=gone)


class _OpenStore:
    """The store of this process, opened when first needed: a connection must not cross a fork."""

    def __init__(self, factory: Callable[[], Store]) -> None:
        self._factory = factory
        self._lock = Lock()
        self._store: Store | None = None
        self._pid = 0

    def get(self) -> Store:
        with self._lock:
            if self._store is None or self._pid != os.getpid():
                self._store, self._pid = self._factory(), os.getpid()
            return self._store


def create_sender(settings: ServiceSettings) -> Celery:
    """Make the app with which other processes of a service `send_job`; it knows how to send and nothing else."""
    app = Celery(settings.service, broker=settings.redis_url, amqp=EagerAMQP, set_as_current=False)
    app.conf.update(
        task_default_queue=settings.service,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_send_sent_event=False,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2},
        timezone="UTC",
        enable_utc=True,
        broker_connection_timeout=2,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # forever: a worker outlives any outage of Redis
        broker_channel_error_retry=True,
        broker_transport_options={
            "visibility_timeout": 60,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "unacked_mutex_expire": 30,
            "socket_connect_timeout": 1,
            "socket_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 5,
        },
    )
    return app


def create_worker(
    settings: ServiceSettings,
    *,
    store_factory: Callable[[], Store],
    handlers: Mapping[str, JobHandler],
    schedule: Mapping[str, Every] | None = None,
    lease_seconds: int = 60,
    max_tries: int = 10,
    purges_answers: bool = True,
    first: frozenset[str] = frozenset(),
) -> Celery:
    """Make a service's worker: job handlers by kind, and work on a schedule by name.

    A lease is renewed while its job runs, so `lease_seconds` is how soon a killed worker's job is taken up again.
    `purges_answers` is off where another process alone writes the idempotency keys. `first` are kinds of jobs that
    wait behind no others, however many there are.
    """
    app = create_sender(settings)
    opened = _OpenStore(store_factory)
    timed = {**(schedule or {}), PURGE: Every(PURGE_SECONDS, partial(purge_kept, answers=purges_answers))}
    pushed = {f"{SCHEDULED}{name}": _as_handler(every) for name, every in timed.items()}
    runner = JobRunner({**handlers, **pushed}, lease_seconds=lease_seconds, max_tries=max_tries)
    folder = settings.data_dir.resolve() / settings.service
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_send_task_events=settings.task_events,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        beat_schedule_filename=str(folder / "celerybeat-schedule"),
    )
    _add_job_tasks(app, opened, runner, first)
    app.conf.beat_schedule = {SWEEP: _entry(SWEEP, SWEEP_SECONDS)}
    for name, every in timed.items():
        _add_scheduled(app, opened, name, every)

    def start_logging(**_: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        configure_logging(settings.service, settings.log_level)
        configure_tracing(f"{settings.service}-worker", settings)
        for chatty in ("celery.beat", "celery.worker.strategy", "celery.app.trace"):  # a line or three per sweep
            logging.getLogger(chatty).setLevel(logging.WARNING)

    signals.setup_logging.connect(start_logging, weak=False)
    offer_beat_inside(app)
    watch_worker(settings)
    return app


def _add_job_tasks(app: Celery, opened: _OpenStore, runner: JobRunner, first: frozenset[str]) -> None:
    counted = JobCount()

    @app.task(name=RUN_JOB)
    def run_job(job_id: str) -> None:
        try:
            runner.run(opened.get(), job_id)
        except Exception as fault:  # noqa: BLE001 - the row is as it was, or its lease runs out
            log.warning("job-left-to-the-sweeper", job=job_id, error=type(fault).__name__)

    @app.task(name=SWEEP)
    def sweep() -> None:
        try:
            sweep_jobs(app, opened.get(), first=first)
            counted.take(opened.get())
        except Exception as fault:  # noqa: BLE001 - the next sweep comes in a moment
            log.warning("sweep-failed", error=type(fault).__name__)


def sweep_jobs(app: Celery, store: Store, *, first: frozenset[str] = frozenset()) -> int:
    """Send the jobs that are due, unless as many messages wait already; gives how many were sent.

    Those of the kinds `first` are sent whatever waits, and taken before it.
    """
    with store.read() as session:
        urgent = list(due_jobs(session, limit=SWEEP_JOBS, kinds=first)) if first else []
        due = list(due_jobs(session, limit=SWEEP_JOBS, but=first))
        counted = len(due) + len(urgent)
        JOBS_DUE.labels(store.service).set(counted if len(due) < SWEEP_JOBS else count_due_jobs(session))
    if urgent:
        send_now(app, urgent, priority=FIRST)
    if not due:
        return len(urgent)
    with app.producer_or_acquire() as producer:
        waiting = producer.channel.client.llen(ordinary_list(app.main))
    if waiting >= len(due):
        return len(urgent)  # the workers are behind: sending the same ids again would only lengthen the queue
    send_now(app, due)
    return len(urgent) + len(due)


def _entry(task: str, seconds: float) -> dict[str, Any]:
    # A message that nobody took before the next ones came is worth nothing: it expires instead of piling up.
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 10.0)}}


def _as_handler(every: Every) -> JobHandler:
    """Give work on a schedule as the handler of its row, for whoever asks for one more run."""
    return lambda store, _job: every.run(store)


def _add_scheduled(app: Celery, opened: _OpenStore, name: str, every: Every) -> None:
    running, notes = Lock(), ScheduleNotes(name, every.seconds)

    @app.task(name=f"every.{name}")
    def scheduled() -> None:
        if not running.acquire(blocking=False):
            return  # the one before is still at it
        error = None
        try:
            with request_context():
                every.run(opened.get())
        except Exception as fault:
            error = type(fault).__name__
            log.exception("schedule-failed", name=name, error=error)
        finally:
            notes.take(opened, error)
            running.release()

    app.conf.beat_schedule[name] = _entry(f"every.{name}", every.seconds)


class ScheduleNotes:
    """Keeps in a job row when work on a schedule ran last: every half minute, and at once when it fails or recovers."""

    def __init__(self, name: str, every_seconds: float) -> None:
        """Note at the first run."""
        self._name, self._every_seconds = name, every_seconds
        self._next, self._runs = 0.0, 0
        self._error: str | None = None

    def take(self, opened: _OpenStore, error: str | None) -> None:
        """Take a run that ended; a store that does not answer hears of it with the next one."""
        self._runs += 1
        if error == self._error and monotonic() < self._next:
            return
        try:
            with opened.get().write(alone=False) as session:
                note_schedule(session, self._name, every_seconds=self._every_seconds, runs=self._runs, error=error)
        except Exception as fault:  # noqa: BLE001 - what is noted is for staff; the work itself is done
            log.warning("schedule-not-noted", name=self._name, error=type(fault).__name__)
            return
        self._runs, self._error, self._next = 0, error, monotonic() + NOTE_SECONDS
