"""How far a consumer has come with each publisher: one row, moved in the transaction of the effect."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.store.engine import Store
from shared.store.outbox import GENESIS, LANE


class CursorMoved(Exception):
    """Somebody else moved the cursor meanwhile (a reconcile, a second listener): look again before going on."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last fact that took effect; epoch 0 before the first one. `held` waits for a person."""

    publisher: str
    lane: int = LANE
    epoch: int = 0
    sequence: int = 0
    hash: str = GENESIS
    held: bool = False

    def after(self, envelope: Envelope) -> "Cursor":
        """Give the cursor as it stands when this fact took effect."""
        return replace(self, epoch=envelope.epoch, sequence=envelope.sequence, hash=envelope.hash)

    def comes_next(self, envelope: Envelope) -> bool:
        """Tell whether a fact is the very next one and chains to the last."""
        return envelope.sequence == self.sequence + 1 and envelope.previoushash == self.hash


def read_cursor(session: Session, publisher: str) -> Cursor:
    """Read the cursor of a publisher; a consumer that never heard of it stands before its first fact.

    It is `save_cursor` that locks the row: it moves the cursor only from where it was expected.
    """
    store: Store = session.info["store"]
    table = store.plumbing.cursors
    columns = (table.c.publisher, table.c.lane, table.c.epoch, table.c.sequence, table.c.hash, table.c.held)
    query = select(*columns).where(table.c.publisher == publisher, table.c.lane == LANE)
    found = session.execute(query).first()
    return Cursor(*found) if found else Cursor(publisher)


def save_cursor(session: Session, cursor: Cursor, *, expected: Cursor | None = None) -> None:
    """Move the cursor in the current write transaction.

    :raises CursorMoved: if it no longer stands where it was expected
    """
    store: Store = session.info["store"]
    table = store.plumbing.cursors
    own = (table.c.publisher == cursor.publisher, table.c.lane == cursor.lane)
    values: dict[str, Any] = {
        "epoch": cursor.epoch,
        "sequence": cursor.sequence,
        "hash": cursor.hash,
        "held": cursor.held,
        "updated_at": now(),
    }
    stands = () if expected is None else (table.c.epoch == expected.epoch, table.c.sequence == expected.sequence)
    moved = session.execute(update(table).where(*own, *stands).values(**values))
    if moved.rowcount:  # type: ignore[attr-defined]
        return
    if session.execute(select(table.c.sequence).where(*own)).first() or (expected and expected.sequence):
        raise CursorMoved(cursor.publisher)
    session.execute(insert(table), [{"publisher": cursor.publisher, "lane": cursor.lane, **values}])
