"""Who of the staff has a record open."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from services.accounts.store.tables import METADATA, ViewingRow
from shared.clock import format_time
from shared.store.statements import insert_new

_LOOK = insert_new(METADATA.tables["viewings"], ["subject", "user_id", "seen_at"])


def keep_viewing(session: Session, *, subject: str, user_id: str, now: datetime) -> None:
    """Note that somebody has a record open."""
    if not _LOOK.run(session, [(subject, user_id, format_time(now))]):
        row = session.get_one(ViewingRow, (subject, user_id))
        row.seen_at = now
        session.add(row)
        session.flush()


def others_viewing(session: Session, *, subject: str, user_id: str, since: datetime) -> Sequence[ViewingRow]:
    """Give who else had a record open since a moment."""
    return session.exec(
        select(ViewingRow)
        .where(ViewingRow.subject == subject, ViewingRow.user_id != user_id, col(ViewingRow.seen_at) >= since)
        .order_by(ViewingRow.user_id)
    ).all()
