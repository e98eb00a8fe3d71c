"""Reading inboxes."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from services.notifications.domain.notice import Recipient
from services.notifications.store.tables import InboxItemRow


def list_items(
    session: Session, *, recipients: tuple[Recipient, ...], after: str | None, limit: int
) -> Sequence[InboxItemRow]:
    """Give up to `limit` items of these inboxes, newest first, from below the id `after`."""
    wanted = select(InboxItemRow).where(_of(recipients))
    if after is not None:
        wanted = wanted.where(col(InboxItemRow.id) < after)
    return session.exec(wanted.order_by(col(InboxItemRow.id).desc()).limit(limit)).all()


def count_unread(session: Session, *, recipients: tuple[Recipient, ...]) -> int:
    """Count the items of these inboxes that nobody has read."""
    return session.exec(
        select(func.count()).select_from(InboxItemRow).where(_of(recipients), col(InboxItemRow.read_at).is_(None))
    ).one()


def _of(recipients: tuple[Recipient, ...]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(col(InboxItemRow.recipient_kind) == one.kind, col(InboxItemRow.recipient_id) == one.id)
            for one in recipients
        )
    )
