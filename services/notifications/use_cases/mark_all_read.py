"""Mark a whole inbox as read.

Who: its recipient. Rule: `domain/notice.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.notice import Recipient
from services.notifications.store.inbox_queries import count_unread
from services.notifications.store.inbox_store import read_all
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def mark_all_read(
    session: Session, *, caller: Caller, recipients: tuple[Recipient, ...], up_to: str | None, now: datetime
) -> dict[str, int]:
    """Note when these items were first read, up to one if it is named; gives how many, and how many are left."""
    marked = read_all(session, recipients=recipients, up_to=up_to, now=now)
    if marked:
        record_audit(
            session,
            caller=caller,
            command="mark-all-read",
            subject_type="inbox",
            subject_id=recipients[0].id,
            after={"marked": marked},
        )
    return {"marked": marked, "unread": count_unread(session, recipients=recipients)}
