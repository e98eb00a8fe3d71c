"""The record of each end of day: which step it is at, and how far. Whoever moves it on must have read where it was."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from services.transactions.store.day_store import last_sequence_before
from services.transactions.store.tables import METADATA
from shared.clock import format_time

RUNS = METADATA.tables["end_of_days"]
ALL_DONE = "~"
"""A cursor behind every account id."""


class Overtaken(Exception):
    """Another worker moved this end of day on; what was about to be written is not. Read it again and go on."""


@dataclass(frozen=True, slots=True)
class Run:
    """An end of day. Its entries are those after `previous_cut` up to `cut_sequence`; accrued is `accrued_until`."""

    business_date: date
    next_date: date
    job_id: str
    state: str
    step: str
    cursor: str
    cut_sequence: int | None
    previous_cut: int
    accrued_until: date
    steps: list[dict[str, Any]]
    started_at: datetime
    finished_at: datetime | None

    @property
    def last_day(self) -> date:
        """Give the last calendar day that this end of day accrues: the one before the next business date."""
        return self.next_date - timedelta(days=1)


_COLUMNS = [RUNS.c[name] for name in Run.__dataclass_fields__]


def find_run(session: Session, business_date: date) -> Run | None:
    """Give the end of a business date, None if it has not begun."""
    found = session.execute(select(*_COLUMNS).where(RUNS.c.business_date == business_date)).first()
    return Run(*found) if found else None


def list_runs(session: Session, *, before: date | None, limit: int) -> list[Run]:
    """Give ends of days, the newest first."""
    query = select(*_COLUMNS).order_by(RUNS.c.business_date.desc()).limit(limit)
    if before is not None:
        query = query.where(RUNS.c.business_date < before)
    return [Run(*row) for row in session.execute(query)]


def running(session: Session) -> Run | None:
    """Give the end of day that has begun and is not done, of several the oldest."""
    found = session.execute(
        select(*_COLUMNS).where(RUNS.c.state == "running").order_by(RUNS.c.business_date).limit(1)
    ).first()
    return Run(*found) if found else None


def begin_run(session: Session, *, business_date: date, next_date: date, job_id: str, step: str, at: datetime) -> Run:
    """Begin the end of a business date after the one before it, or give the one that has begun."""
    found = find_run(session, business_date)
    if found is not None:
        return found
    last = next(iter(list_runs(session, before=business_date, limit=1)), None)
    fresh = Run(
        business_date=business_date,
        next_date=next_date,
        job_id=job_id,
        state="running",
        step=step,
        cursor="",
        cut_sequence=None,
        previous_cut=last.cut_sequence or 0 if last else last_sequence_before(session, business_date),
        accrued_until=last.last_day if last else business_date - timedelta(days=1),
        steps=[_begun(step, at)],
        started_at=at,
        finished_at=None,
    )
    session.execute(insert(RUNS), [{name: getattr(fresh, name) for name in Run.__dataclass_fields__}])
    return fresh


def _begun(step: str, at: datetime) -> dict[str, Any]:
    return {"name": step, "started_at": format_time(at), "finished_at": None, "done": 0}


def _move(session: Session, run: Run, **values: Any) -> Run:
    still = update(RUNS).where(
        RUNS.c.business_date == run.business_date,
        RUNS.c.state == "running",
        RUNS.c.step == run.step,
        RUNS.c.cursor == run.cursor,
    )
    if session.execute(still.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise Overtaken
    return replace(run, **values)


def set_cut(session: Session, run: Run, sequence: int) -> Run:
    """Say which entry is the last of this end of day."""
    return _move(session, run, cut_sequence=sequence)


def move_cursor(session: Session, run: Run, *, cursor: str, done: int) -> Run:
    """Note how far a step is, in the transaction of what it did.

    :raises Overtaken: if somebody else moved it meanwhile; then nothing of the transaction may stay
    """
    now = {**run.steps[-1], "done": run.steps[-1]["done"] + done}
    return _move(session, run, cursor=cursor, steps=[*run.steps[:-1], now])


def next_step(session: Session, run: Run, *, step: str | None, at: datetime) -> Run:
    """End a step and begin the next one; without one the end of day is done.

    :raises Overtaken: if somebody else did
    """
    ended = [*run.steps[:-1], {**run.steps[-1], "finished_at": format_time(at)}]
    if step is None:
        return _move(session, run, state="done", steps=ended, cursor="", finished_at=at)
    return _move(session, run, step=step, cursor="", steps=[*ended, _begun(step, at)])
