"""Mark an inbox item as read.

Who: its recipient. Rule: `domain/notice.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.notice import Recipient
from services.notifications.store.inbox_store import item_to_change, keep_item
from services.notifications.store.tables import InboxItemRow
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def mark_notification_read(
    session: Session, *, caller: Caller, recipients: tuple[Recipient, ...], item_id: str, now: datetime
) -> InboxItemRow:
    """Note when the item was first read; reading it again changes nothing.

    :raises ItemNotFound: if it is missing or somebody else's
    """
    item = item_to_change(session, item_id=item_id, recipients=recipients)
    if item.read_at is None:
        item.read_at = now
        keep_item(session, item)
        record_audit(
            session, caller=caller, command="mark-notification-read", subject_type="inbox-item", subject_id=item.id
        )
    return item
