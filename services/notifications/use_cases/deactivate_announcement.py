"""Take an announcement down; its row stays.

Who: support, supervisor, admin. Rule: `domain/announcement.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.store.announcement_store import announcement_to_change, keep_announcement, keep_edit
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def deactivate_announcement(session: Session, *, caller: Caller, announcement_id: str, now: datetime) -> None:
    """Hide the announcement from its readers; doing it again changes nothing.

    :raises AnnouncementNotFound: if there is none
    """
    announcement = announcement_to_change(session, announcement_id=announcement_id)
    if not announcement.active:
        return
    announcement.active = False
    announcement.updated_at = now
    announcement.version += 1
    keep_announcement(session, announcement)
    before, after = {"active": True}, {"active": False}
    keep_edit(session, announcement, edited_by=caller.user_id or "", before=before, after=after)
    record_audit(
        session,
        caller=caller,
        command="deactivate-announcement",
        subject_type="announcement",
        subject_id=announcement.id,
        before=before,
        after=after,
    )
