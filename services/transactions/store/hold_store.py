"""Reading and writing holds, a batch at a time."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, literal_column, select, update
from sqlmodel import Session

from services.transactions.domain.hold import Hold
from services.transactions.store.ledger_store import chunks
from services.transactions.store.tables import METADATA

HOLDS = METADATA.tables["holds"]


def hold_of(row: Row[Any]) -> Hold:
    """Build the domain's hold from a row."""
    return Hold(**dict(row._mapping))


def load_holds(session: Session, hold_ids: Collection[str]) -> list[Hold]:
    """Load holds by id."""
    return [
        hold_of(row) for part in chunks(hold_ids) for row in session.execute(select(HOLDS).where(HOLDS.c.id.in_(part)))
    ]


def write_holds(session: Session, holds: Sequence[Hold], *, known: Collection[str]) -> None:
    """Write new holds, and what changed of known ones."""
    new = [asdict(hold) for hold in holds if hold.id not in known]
    if new:
        session.execute(insert(HOLDS), new)
    for hold in holds:
        if hold.id in known:
            changed = {
                "status": hold.status,
                "captured_minor": hold.captured_minor,
                "released_minor": hold.released_minor,
            }
            session.execute(update(HOLDS).where(HOLDS.c.id == hold.id).values(**changed))


def list_holds(session: Session, account_id: str, *, below: str | None, limit: int) -> list[Hold]:
    """Give up to `limit` holds of an account, newest first, below an id."""
    query = select(HOLDS).where(HOLDS.c.account_id == account_id)
    if below is not None:
        query = query.where(HOLDS.c.id < below)
    return [hold_of(row) for row in session.execute(query.order_by(HOLDS.c.id.desc()).limit(limit))]


def open_holds(session: Session, account_id: str, *, limit: int) -> list[tuple[str, int]]:
    """Give id and open amount (minor units) of the holds that an account has now, oldest first."""
    still = HOLDS.c.amount_minor - HOLDS.c.captured_minor - HOLDS.c.released_minor
    query = select(HOLDS.c.id, still).where(
        HOLDS.c.account_id == account_id, HOLDS.c.status == literal_column("'held'")
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(HOLDS.c.id).limit(limit))]


def due_holds(session: Session, now: datetime, *, limit: int) -> list[Hold]:
    """Give held holds whose time is over at a moment of the bank's clock."""
    query = select(HOLDS).where(HOLDS.c.status == "held", HOLDS.c.expires_at <= now)
    return [hold_of(row) for row in session.execute(query.order_by(HOLDS.c.expires_at).limit(limit))]
