"""Reading inboxes."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from services.notifications.domain.notice import Event, Recipient, kinds_of
from services.notifications.store.tables import InboxItemRow


def list_items(
    session: Session,
    *,
    recipients: tuple[Recipient, ...],
    after: str | None,
    limit: int,
    event: Event | None = None,
    unread_only: bool = False,
) -> Sequence[InboxItemRow]:
    """Give up to `limit` items of these inboxes, newest first, from below the id `after`; of one event, if named."""
    wanted = select(InboxItemRow).where(_of(recipients))
    if event is not None:
        wanted = wanted.where(col(InboxItemRow.kind).in_(sorted(kinds_of(event))))
    if unread_only:
        wanted = wanted.where(col(InboxItemRow.read_at).is_(None))
    if after is not None:
        wanted = wanted.where(col(InboxItemRow.id) < after)
    return session.exec(wanted.order_by(col(InboxItemRow.id).desc()).limit(limit)).all()


def count_unread(session: Session, *, recipients: tuple[Recipient, ...]) -> int:
    """Count the items of these inboxes that nobody has read."""
    return session.exec(
        select(func.count()).select_from(InboxItemRow).where(_of(recipients), col(InboxItemRow.read_at).is_(None))
    ).one()


def items_after(
    session: Session, *, recipients: tuple[Recipient, ...], place: int, limit: int
) -> Sequence[InboxItemRow]:
    """Give up to `limit` pushed items of these inboxes that stand in the live feed after a place, in its order."""
    found = (
        select(InboxItemRow)
        .where(_of(recipients), col(InboxItemRow.feed_sequence) > place, col(InboxItemRow.pushed).is_(True))
        .order_by(col(InboxItemRow.feed_sequence))
        .limit(limit)
    )
    return session.exec(found).all()


def feed_of_all(session: Session, *, place: int, limit: int) -> Sequence[InboxItemRow]:
    """Give what everybody was told after a place of the live feed, in its order: for the one tailer of a process."""
    found = select(InboxItemRow).where(col(InboxItemRow.feed_sequence) > place)
    return session.exec(found.order_by(col(InboxItemRow.feed_sequence)).limit(limit)).all()


def _of(recipients: tuple[Recipient, ...]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(col(InboxItemRow.recipient_kind) == one.kind, col(InboxItemRow.recipient_id) == one.id)
            for one in recipients
        )
    )
