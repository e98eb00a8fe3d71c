"""Post an announcement.

Who: support, supervisor, admin. Rule: `domain/announcement.py`. Says: `AnnouncementPosted`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.announcement import Aim, Audience, check_aim, check_window
from services.notifications.store.announcement_store import keep_announcement
from services.notifications.store.tables import AnnouncementRow
from shared.contracts.caller import Caller
from shared.contracts.notifications import AnnouncementPosted
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class AnnouncementOrder:
    """What shall be told, to whom and when. The message is Markdown; without a start it is shown at once."""

    title: str
    message: str
    audience: Audience
    starts_at: datetime | None
    ends_at: datetime | None
    pinned: bool
    active: bool
    branch_id: str | None = None
    product: str | None = None


def post_announcement(session: Session, *, caller: Caller, order: AnnouncementOrder, now: datetime) -> AnnouncementRow:
    """Keep a new announcement.

    :raises EndsBeforeStart: if it would end before it starts
    :raises AudienceIncomplete: if its audience does not say which branch or product
    """
    check_aim(Aim(order.audience, order.branch_id, order.product))
    starts_at = order.starts_at or now
    check_window(starts_at=starts_at, ends_at=order.ends_at)
    announcement = AnnouncementRow(
        id=new_id(),
        title=order.title,
        message=order.message,
        audience=order.audience,
        branch_id=order.branch_id,
        product=order.product,
        starts_at=starts_at,
        ends_at=order.ends_at,
        pinned=order.pinned,
        active=order.active,
        created_at=now,
        updated_at=now,
        created_by=caller.user_id or "",
        version=1,
    )
    keep_announcement(session, announcement)
    record_audit(
        session,
        caller=caller,
        command="post-announcement",
        subject_type="announcement",
        subject_id=announcement.id,
        after={"title": order.title, "audience": order.audience, "active": order.active, "pinned": order.pinned},
    )
    append_facts(session, AnnouncementPosted(announcement_id=announcement.id, audience=announcement.audience))
    return announcement
