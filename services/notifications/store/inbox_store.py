"""Writing inbox items, inside the transaction of the fact or the command."""

from sqlmodel import Session, select

from services.notifications.domain.notice import ItemNotFound, Recipient
from services.notifications.store.tables import InboxItemRow


def add_item(session: Session, item: InboxItemRow) -> bool:
    """Keep an item unless the same fact made it before; tells whether it is new."""
    known = session.exec(
        select(InboxItemRow.id).where(
            InboxItemRow.recipient_kind == item.recipient_kind,
            InboxItemRow.recipient_id == item.recipient_id,
            InboxItemRow.source == item.source,
            InboxItemRow.kind == item.kind,
        )
    ).first()
    if known is not None:
        return False
    session.add(item)
    session.flush()
    return True


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
