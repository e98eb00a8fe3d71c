"""Change an announcement.

Who: support, supervisor, admin. Rule: `domain/announcement.py`. Says: nothing.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from services.notifications.domain.announcement import Aim, check_aim, check_version, check_window
from services.notifications.store.announcement_store import announcement_to_change, keep_announcement, keep_edit
from services.notifications.store.tables import AnnouncementRow
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.store.audit import record_audit

_EDITABLE = ("title", "message", "audience", "starts_at", "ends_at", "pinned", "active", "branch_id", "product")


def update_announcement(
    session: Session, *, caller: Caller, announcement_id: str, seen_version: int, changes: dict[str, Any], now: datetime
) -> AnnouncementRow:
    """Set the named fields (already validated), if the editor saw the newest version.

    :raises AnnouncementNotFound: if there is none
    :raises VersionMismatch: if somebody changed it first
    :raises EndsBeforeStart: if it would end before it starts
    :raises AudienceIncomplete: if its audience does not say which branch or product
    """
    announcement = announcement_to_change(session, announcement_id=announcement_id)
    check_version(current=announcement.version, seen=seen_version)
    before = {name: _plain(getattr(announcement, name)) for name in changes}
    for name in _EDITABLE:
        if name in changes:
            setattr(announcement, name, changes[name])
    check_aim(Aim(announcement.audience, announcement.branch_id, announcement.product))
    check_window(starts_at=announcement.starts_at, ends_at=announcement.ends_at)
    announcement.updated_at = now
    announcement.version += 1
    keep_announcement(session, announcement)
    after = {name: _plain(value) for name, value in changes.items()}
    keep_edit(session, announcement, edited_by=caller.user_id or "", before=before, after=after)
    record_audit(
        session,
        caller=caller,
        command="update-announcement",
        subject_type="announcement",
        subject_id=announcement.id,
        before=before,
        after=after,
    )
    return announcement


def _plain(value: Any) -> Any:
    return format_time(value) if isinstance(value, datetime) else value
