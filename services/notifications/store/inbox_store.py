"""Changing inbox items, inside the transaction of the command. They are made in `told_store.py`."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from services.notifications.domain.notice import ItemNotFound, Recipient
from services.notifications.store.tables import InboxItemRow


def item_to_change(session: Session, *, item_id: str, recipients: tuple[Recipient, ...]) -> InboxItemRow:
    """Give an item of one of these inboxes.

    :raises ItemNotFound: if it is missing or somebody else's
    """
    item = session.get(InboxItemRow, item_id)
    if item is None or Recipient(item.recipient_kind, item.recipient_id) not in recipients:
        raise ItemNotFound()
    return item


def keep_item(session: Session, item: InboxItemRow) -> None:
    """Write a changed item."""
    session.add(item)
    session.flush()


def read_all(session: Session, *, recipients: tuple[Recipient, ...], up_to: str | None, now: datetime) -> int:
    """Note of every unread item of these inboxes that it was read, up to an id if one is given; gives how many."""
    marked = 0
    for one in recipients:
        unread = (
            update(InboxItemRow)
            .where(
                col(InboxItemRow.recipient_kind) == one.kind,
                col(InboxItemRow.recipient_id) == one.id,
                col(InboxItemRow.read_at).is_(None),
            )
            .values(read_at=now)
            .returning(col(InboxItemRow.id))
        )
        if up_to is not None:
            unread = unread.where(col(InboxItemRow.id) <= up_to)
        marked += len(session.execute(unread).all())
    return marked
