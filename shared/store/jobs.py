"""Job rows: the record of work for a Celery worker. The message carries only the id; a lost one is sent again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, and_, func, or_, select, update
from sqlmodel import Session

from shared.clock import format_time, now
from shared.ids import new_id
from shared.observability.context import RequestContext, current_context
from shared.store.canonical import json_text
from shared.store.engine import Store
from shared.store.statements import Prepared, insert_new

_FROM = "_from"
"""The member of a payload that names the request which enqueued the job."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `attempts` counts this one."""

    id: str
    kind: str
    unique_key: str
    payload: dict[str, Any]
    attempts: int
    request_id: str | None = None
    traceparent: str | None = None
    """The request that enqueued it and its span, which the job goes on from."""


def enqueue_job(
    session: Session, *, kind: str, unique_key: str, payload: dict[str, Any], run_after: datetime | None = None
) -> str | None:
    """Write a job in the current transaction; None when one of this kind and key exists already."""
    job = NewJob(unique_key, payload, run_after, current_context())
    job_id, row = _row(kind, job, format_time(now()))
    return job_id if _enqueue(session.info["store"].plumbing.jobs).run(session, [row]) else None


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to write; `context` is the request that it goes on from."""

    unique_key: str
    payload: dict[str, Any]
    run_after: datetime | None = None
    context: RequestContext | None = None


def enqueue_jobs(session: Session, *, kind: str, jobs: Sequence[NewJob]) -> int:
    """Write many jobs of one kind in one statement; those of a known key are left out. Gives how many were new."""
    at = format_time(now())
    return _enqueue(session.info["store"].plumbing.jobs).run(session, [_row(kind, job, at)[1] for job in jobs])


def _row(kind: str, job: NewJob, at: str) -> tuple[str, tuple[Any, ...]]:
    payload, context = job.payload, job.context
    if context is not None:
        # In the payload, not in the message: who sends the message again knows nothing but the row's id.
        payload = {**payload, _FROM: {"request_id": context.request_id, "traceparent": context.traceparent}}
    job_id, due = new_id(), at if job.run_after is None else format_time(job.run_after)
    return job_id, (job_id, kind, job.unique_key, json_text(payload), "queued", 0, due, at, at)


@cache
def _enqueue(table: Table) -> Prepared:
    columns = ("id", "kind", "unique_key", "payload", "state", "attempts", "run_after", "created_at", "updated_at")
    return insert_new(table, columns)


def claim_job(session: Session, job_id: str, *, lease_seconds: int) -> Job | None:
    """Take a due job for so many seconds; None when it is done, not due, or in another worker's hands."""
    store: Store = session.info["store"]
    table, at = store.plumbing.jobs, now()
    free = select(table.c.id).where(table.c.id == job_id, _due(table, at)).with_for_update(skip_locked=True)
    claimed = session.execute(
        update(table)
        .where(table.c.id.in_(free))
        .values(
            state="running",
            attempts=table.c.attempts + 1,
            lease_until=at + timedelta(seconds=lease_seconds),
            updated_at=at,
        )
        .returning(table.c.id, table.c.kind, table.c.unique_key, table.c.payload, table.c.attempts)
    ).first()
    if claimed is None:
        return None
    job = Job(*claimed)
    came_from = job.payload.pop(_FROM, {})
    return replace(job, request_id=came_from.get("request_id"), traceparent=came_from.get("traceparent"))


def finish_job(session: Session, job_id: str) -> None:
    """Mark a job as done."""
    _set(session, job_id, state="done", lease_until=None, last_error=None)


def fail_job(session: Session, job_id: str, error: str, *, retry_at: datetime | None) -> None:
    """Note a failed try; without a time to retry the job is dead and waits for a person."""
    if retry_at is None:
        _set(session, job_id, state="dead", lease_until=None, last_error=error)
    else:
        _set(session, job_id, state="queued", lease_until=None, last_error=error, run_after=retry_at)


def due_jobs(
    session: Session, *, limit: int = 100, kinds: Collection[str] = (), but: Collection[str] = ()
) -> Sequence[str]:
    """Give the ids of jobs to send: queued and due, or running with a lease that ran out; of these kinds, if any."""
    store: Store = session.info["store"]
    table = store.plumbing.jobs
    wanted = [_due(table, now())]
    if kinds:
        wanted.append(table.c.kind.in_(sorted(kinds)))
    if but:
        wanted.append(table.c.kind.not_in(sorted(but)))
    found = session.execute(select(table.c.id).where(*wanted).order_by(table.c.run_after).limit(limit))
    return list(found.scalars())


def count_due_jobs(session: Session) -> int:
    """Count the jobs to send."""
    table = session.info["store"].plumbing.jobs
    return int(session.execute(select(func.count()).select_from(table).where(_due(table, now()))).scalar() or 0)


def count_jobs(session: Session) -> dict[str, int]:
    """Count the jobs that are not done, by state; each of the three states is there."""
    table = session.info["store"].plumbing.jobs
    states = ("queued", "running", "dead")
    counted = select(table.c.state, func.count()).where(table.c.state.in_(states)).group_by(table.c.state)
    return dict.fromkeys(states, 0) | {state: int(count) for state, count in session.execute(counted)}


def _due(table: Any, at: datetime) -> Any:
    return or_(
        and_(table.c.state == "queued", table.c.run_after <= at),
        and_(table.c.state == "running", table.c.lease_until < at),
    )


def _set(session: Session, job_id: str, **values: Any) -> None:
    store: Store = session.info["store"]
    table = store.plumbing.jobs
    session.execute(update(table).where(table.c.id == job_id).values(updated_at=now(), **values))
