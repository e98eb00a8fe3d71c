"""Jobs as staff see them: each kind with its state, last and next run; the runs of a kind; and one more run.

Work on a schedule leaves a row of its own, of kind `every.<name>`: its state is `done` between two runs.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, insert, select, update
from sqlmodel import Session

from shared.clock import format_time, now
from shared.ids import new_id
from shared.store.engine import Store

SCHEDULED = "every."
_ONE_ROW = "schedule"


@dataclass(frozen=True, slots=True)
class JobKind:
    """What there is of one kind of job. `runs` counts tries; `next_run_at` is None if nothing waits."""

    kind: str
    every_seconds: float | None
    queued: int
    running: int
    dead: int
    done: int
    runs: int
    last_run_at: datetime | None
    next_run_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class JobRun:
    """One job row without its payload. `key` is what makes it unique, where that says something of a day or period."""

    id: str
    kind: str
    key: str
    state: str
    attempts: int
    run_after: datetime
    created_at: datetime
    updated_at: datetime
    last_error: str | None


def summarise_jobs(session: Session) -> list[JobKind]:
    """Give every kind of job that this store has rows of, by name."""
    table = _table(session)
    counts = [func.sum(case((table.c.state == state, 1), else_=0)) for state in ("queued", "running", "dead", "done")]
    last = func.max(case((table.c.attempts > 0, table.c.updated_at)))
    following = func.min(case((table.c.state == "queued", table.c.run_after)))
    query = select(table.c.kind, *counts, func.sum(table.c.attempts), last, following).group_by(table.c.kind)
    found = session.execute(query.order_by(table.c.kind)).all()
    schedules = {row.kind: row for row in session.execute(_schedules(table))}
    return [_kind(session, row, schedules.get(row[0])) for row in found]


def _schedules(table: Any) -> Any:
    return select(table).where(table.c.kind.like(f"{SCHEDULED}%"), table.c.unique_key == _ONE_ROW)


def _kind(session: Session, row: Any, schedule: Any) -> JobKind:
    kind, queued, running, dead, done, runs, last, following = row
    if schedule is not None and following is None:
        following = schedule.run_after
    return JobKind(
        kind=kind,
        every_seconds=float(schedule.payload["every_seconds"]) if schedule is not None else None,
        queued=int(queued),
        running=int(running),
        dead=int(dead),
        done=int(done),
        runs=int(runs),
        last_run_at=last,
        next_run_at=following,
        last_error=_newest_error(session, kind),
    )


def _newest_error(session: Session, kind: str) -> str | None:
    table = _table(session)
    mine = (table.c.kind == kind, table.c.last_error.is_not(None))
    found = session.execute(select(table.c.last_error).where(*mine).order_by(table.c.updated_at.desc()).limit(1))
    text: str | None = found.scalar()
    return text


def list_job_runs(
    session: Session, kind: str, *, state: str | None = None, before: str | None = None, limit: int = 50
) -> Sequence[JobRun]:
    """Give the jobs of a kind, the newest first; `before` is the id of the last one seen."""
    table = _table(session)
    query = _runs(table).where(table.c.kind == kind).order_by(table.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(table.c.state == state)
    if before is not None:
        query = query.where(table.c.id < before)
    return [JobRun(*row) for row in session.execute(query)]


def _runs(table: Any) -> Any:
    columns = ("id", "kind", "unique_key", "state", "attempts", "run_after", "created_at", "updated_at", "last_error")
    return select(*(table.c[name] for name in columns))


def run_job_again(session: Session, job_id: str) -> tuple[JobRun | None, bool]:
    """Make a job due now, with all its tries; the sweeper sends it within seconds. Gives it, and whether it is due now:
    one that runs, or that is done and on no schedule, stays as it is."""
    table = _table(session)
    found = session.execute(select(table.c.kind, table.c.state, table.c.attempts).where(table.c.id == job_id)).first()
    if found is None:
        return None, False
    scheduled = found.kind.startswith(SCHEDULED)
    due = found.state in ("queued", "dead") or (scheduled and found.state == "done")
    if due:
        at, attempts = now(), found.attempts if scheduled else 0
        values = {"state": "queued", "run_after": at, "updated_at": at, "attempts": attempts, "lease_until": None}
        session.execute(update(table).where(table.c.id == job_id).values(**values))
    return _run_of(session, job_id), due


def _run_of(session: Session, job_id: str) -> JobRun:
    table = _table(session)
    return JobRun(*session.execute(_runs(table).where(table.c.id == job_id)).one())


def note_schedule(session: Session, name: str, *, every_seconds: float, runs: int, error: str | None) -> None:
    """Note that work on a schedule ran, `runs` times since the last note, and when it is due again."""
    table, at = _table(session), now()
    kind = f"{SCHEDULED}{name}"
    values = {
        "state": "done",
        "payload": {"every_seconds": every_seconds},
        "run_after": at + timedelta(seconds=every_seconds),
        "updated_at": at,
        "last_error": error,
        "lease_until": None,
    }
    mine = update(table).where(table.c.kind == kind, table.c.unique_key == _ONE_ROW)
    if session.execute(mine.values(**values, attempts=table.c.attempts + runs)).rowcount:  # type: ignore[attr-defined]
        return
    fresh = {"id": new_id(), "kind": kind, "unique_key": _ONE_ROW, "created_at": at, "attempts": runs}
    session.execute(insert(table), [{**values, **fresh}])


def shown(one: JobKind | JobRun) -> dict[str, Any]:
    """Give one as JSON: times as RFC 3339."""
    return {name: format_time(value) if isinstance(value, datetime) else value for name, value in asdict(one).items()}


def _table(session: Session) -> Any:
    store: Store = session.info["store"]
    return store.plumbing.jobs
