"""Mark an inbox item as unread again.

Who: its recipient. Rule: `domain/notice.py`. Says: nothing.
"""

from sqlmodel import Session

from services.notifications.domain.notice import Recipient
from services.notifications.store.inbox_store import item_to_change, keep_item
from services.notifications.store.tables import InboxItemRow
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def mark_notification_unread(
    session: Session, *, caller: Caller, recipients: tuple[Recipient, ...], item_id: str
) -> InboxItemRow:
    """Forget that the item was read; one that is unread stays as it is.

    :raises ItemNotFound: if it is missing or somebody else's
    """
    item = item_to_change(session, item_id=item_id, recipients=recipients)
    if item.read_at is not None:
        item.read_at = None
        keep_item(session, item)
        record_audit(
            session, caller=caller, command="mark-notification-unread", subject_type="inbox-item", subject_id=item.id
        )
    return item
