"""Acknowledge an announcement: its reader says that they read it.

Who: any signed-in reader whom it is for. Rule: `domain/announcement.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.announcement import Reader
from services.notifications.store.announcement_queries import get_announcement
from services.notifications.store.announcement_store import keep_acknowledgement
from services.notifications.store.tables import AnnouncementRow
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def acknowledge_announcement(
    session: Session, *, caller: Caller, reader: Reader, announcement_id: str, now: datetime
) -> AnnouncementRow:
    """Note it once; doing it again changes nothing.

    :raises AnnouncementNotFound: if it is missing, not shown, or for others
    """
    found = get_announcement(session, announcement_id=announcement_id, reader=reader, shown_at=now)
    if keep_acknowledgement(session, announcement_id=found.id, user_id=caller.user_id or "", now=now):
        record_audit(
            session,
            caller=caller,
            command="acknowledge-announcement",
            subject_type="announcement",
            subject_id=found.id,
        )
    return found
