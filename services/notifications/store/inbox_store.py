"""Writing inbox items, inside the transaction of the fact or the command."""

from sqlmodel import Session

from services.notifications.domain.notice import ItemNotFound, Recipient
from services.notifications.store.tables import METADATA, InboxItemRow
from shared.clock import format_time
from shared.store.canonical import json_text
from shared.store.statements import insert_new

_ADD = insert_new(
    METADATA.tables["inbox_items"],
    [
        "id", "recipient_kind", "recipient_id", "source", "kind",
        "title", "params", "amount_minor", "currency", "entry_id", "created_at", "read_at",
    ],
)  # fmt: skip


def add_item(session: Session, item: InboxItemRow) -> bool:
    """Keep an item unless the same fact made it before; tells whether it is new."""
    made = (format_time(item.created_at), None if item.read_at is None else format_time(item.read_at))
    whose = (item.id, item.recipient_kind, item.recipient_id, item.source, item.kind)
    what = (item.title, json_text(item.params), item.amount_minor, item.currency, item.entry_id)
    return _ADD.run(session, [(*whose, *what, *made)]) == 1


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
