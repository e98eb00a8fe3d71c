"""What the desk works with beside tickets: canned replies, who looks at what, ratings."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from services.support.domain.ticket import ReplyNotFound
from services.support.store.tables import METADATA, CannedReplyRow, RatingRow, ViewingRow
from shared.clock import format_time
from shared.store.statements import insert_new

_LOOK = insert_new(METADATA.tables["viewings"], ["ticket_id", "user_id", "seen_at"])


def keep_reply(session: Session, reply: CannedReplyRow) -> None:
    """Write a new or changed canned reply."""
    session.add(reply)
    session.flush()


def get_reply(session: Session, *, reply_id: str) -> CannedReplyRow:
    """Give a canned reply.

    :raises ReplyNotFound: if there is none
    """
    found = session.get(CannedReplyRow, reply_id)
    if found is None:
        raise ReplyNotFound()
    return found


def drop_reply(session: Session, reply: CannedReplyRow) -> None:
    """Take a canned reply out; what was written with it stays in its threads."""
    session.delete(reply)
    session.flush()


def list_replies(session: Session, *, after: str | None, limit: int) -> Sequence[CannedReplyRow]:
    """Give up to `limit` canned replies, newest first, from below the id `after`."""
    wanted = select(CannedReplyRow)
    if after is not None:
        wanted = wanted.where(CannedReplyRow.id < after)
    return session.exec(wanted.order_by(col(CannedReplyRow.id).desc()).limit(limit)).all()


def note_viewing(session: Session, *, ticket_id: str, user_id: str, now: datetime) -> None:
    """Note that somebody has a ticket open."""
    if not _LOOK.run(session, [(ticket_id, user_id, format_time(now))]):
        row = session.get(ViewingRow, (ticket_id, user_id))
        if row is not None:
            row.seen_at = now
            session.add(row)
            session.flush()


def others_viewing(session: Session, *, ticket_id: str, user_id: str | None, since: datetime) -> Sequence[ViewingRow]:
    """Give who else had a ticket open since a moment."""
    return session.exec(
        select(ViewingRow)
        .where(ViewingRow.ticket_id == ticket_id, ViewingRow.user_id != user_id, col(ViewingRow.seen_at) >= since)
        .order_by(ViewingRow.user_id)
    ).all()


def is_rated(session: Session, *, ticket_id: str, resolution: int) -> bool:
    """Tell whether a resolution was rated."""
    return session.get(RatingRow, (ticket_id, resolution)) is not None


def add_rating(session: Session, rating: RatingRow) -> None:
    """Keep what a customer said."""
    session.add(rating)
    session.flush()


def rating_of(session: Session, *, ticket_id: str, resolution: int) -> RatingRow | None:
    """Give what the customer said of a resolution."""
    return session.get(RatingRow, (ticket_id, resolution))
