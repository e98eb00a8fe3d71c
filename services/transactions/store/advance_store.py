"""Requests to move the sandbox's clock by days: how many there are to go, kept until each is done."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlmodel import Session

from services.transactions.store.tables import METADATA

ADVANCES = METADATA.tables["clock_advances"]


@dataclass(frozen=True, slots=True)
class Advance:
    """A request to move the clock; the id is that of its job."""

    id: str
    days: int
    days_done: int
    from_date: date
    from_offset_seconds: int
    state: str
    requested_by: str
    created_at: datetime
    finished_at: datetime | None = None


_COLUMNS = [ADVANCES.c[name] for name in Advance.__dataclass_fields__]


def add_advance(session: Session, advance: Advance) -> None:
    """Keep a new request."""
    session.execute(insert(ADVANCES), [{name: getattr(advance, name) for name in Advance.__dataclass_fields__}])


def find_advance(session: Session, advance_id: str) -> Advance | None:
    """Give a request by its id."""
    found = session.execute(select(*_COLUMNS).where(ADVANCES.c.id == advance_id)).first()
    return Advance(*found) if found else None


def running_advance(session: Session) -> Advance | None:
    """Give the request that is not done yet; there is one at most."""
    found = session.execute(select(*_COLUMNS).where(ADVANCES.c.state == "running")).first()
    return Advance(*found) if found else None


def note_days(session: Session, advance: Advance, *, days_done: int, at: datetime) -> None:
    """Note how many days have been gone through; the last one ends the request."""
    done = days_done >= advance.days
    session.execute(
        update(ADVANCES)
        .where(ADVANCES.c.id == advance.id, ADVANCES.c.days_done < days_done)
        .values(days_done=days_done, state="done" if done else "running", finished_at=at if done else None)
    )
