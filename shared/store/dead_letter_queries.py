"""Reading the facts that a service could not accept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

QUEUED, REPLAYED = "queued", "replayed"


@dataclass(frozen=True, slots=True)
class ParkedFact:
    """A fact that waits for a person; `error` names fields and codes, never values. `envelope` is its JSON."""

    id: str
    type: str
    error: str
    created_at: datetime
    envelope: str


def parked_facts(session: Session, *, below: str | None, limit: int) -> list[ParkedFact]:
    """Give up to `limit` facts that wait, newest first, from below the id `below`."""
    table = session.info["store"].plumbing.dead_letters
    columns = (table.c.id, table.c.type, table.c.error, table.c.created_at, table.c.envelope)
    wanted = select(*columns).where(table.c.state == QUEUED)
    if below is not None:
        wanted = wanted.where(table.c.id < below)
    return [ParkedFact(*row) for row in session.execute(wanted.order_by(table.c.id.desc()).limit(limit))]


def is_parked_fact(session: Session, letter_id: str) -> bool:
    """Tell whether a fact of this id was ever parked here."""
    table = session.info["store"].plumbing.dead_letters
    return session.execute(select(table.c.id).where(table.c.id == letter_id)).first() is not None
