"""Reading the outbox: what the relay and the catch-up route of every service give out."""

import json
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from shared.store.engine import Store
from shared.store.outbox import LANE, Head, read_head


def head(session: Session) -> Head:
    """Give the head of the lane."""
    store: Store = session.info["store"]
    return read_head(session, store.plumbing)


def events_after(session: Session, sequence: int, limit: int) -> list[dict[str, Any]]:
    """Give up to `limit` envelopes after a sequence, in order."""
    store: Store = session.info["store"]
    outbox = store.plumbing.outbox
    rows = session.execute(
        select(outbox.c.envelope)
        .where(outbox.c.lane == LANE, outbox.c.sequence > sequence)
        .order_by(outbox.c.sequence)
        .limit(limit)
    )
    return [json.loads(envelope) for (envelope,) in rows]


def oldest_sequence(session: Session) -> int | None:
    """Give the lowest sequence still kept, None when the outbox is empty."""
    store: Store = session.info["store"]
    outbox = store.plumbing.outbox
    return session.execute(select(func.min(outbox.c.sequence)).where(outbox.c.lane == LANE)).scalar()
