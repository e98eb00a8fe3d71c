"""Writing announcements, inside the use case's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from services.notifications.domain.announcement import AnnouncementNotFound
from services.notifications.store.tables import METADATA, AnnouncementEditRow, AnnouncementRow
from services.notifications.store.told_store import feed_head
from shared.clock import format_time
from shared.store.statements import insert_new

_ACKNOWLEDGE = insert_new(METADATA.tables["acknowledgements"], ["announcement_id", "user_id", "at"])
_JOIN = insert_new(METADATA.tables["memberships"], ["customer_id", "kind", "value"])


def keep_announcement(session: Session, announcement: AnnouncementRow) -> None:
    """Write a new or changed announcement and give it the next place in the live feed."""
    feed_announcement(session, announcement, now=announcement.updated_at)


def feed_announcement(session: Session, announcement: AnnouncementRow, *, now: datetime) -> None:
    """Write an announcement at the next place of the live feed."""
    announcement.feed_sequence = feed_head(session) + 1
    announcement.fed_at = now
    session.add(announcement)
    session.flush()


def due_in_feed(session: Session, *, now: datetime) -> Sequence[AnnouncementRow]:
    """Give the announcements that began or ended since they were last in the feed."""
    fed, begins, ends = (
        col(one) for one in (AnnouncementRow.fed_at, AnnouncementRow.starts_at, AnnouncementRow.ends_at)
    )
    due = or_(and_(fed < begins, begins <= now), and_(fed < ends, ends <= now))
    return session.exec(select(AnnouncementRow).where(col(AnnouncementRow.active).is_(True), due)).all()


def keep_edit(
    session: Session, announcement: AnnouncementRow, *, edited_by: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Note what a change made of an announcement, beside its new version."""
    edit = AnnouncementEditRow(
        announcement_id=announcement.id,
        version=announcement.version,
        edited_by=edited_by,
        edited_at=announcement.updated_at,
        before=before,
        after=after,
    )
    session.add(edit)
    session.flush()


def keep_acknowledgement(session: Session, *, announcement_id: str, user_id: str, now: datetime) -> bool:
    """Note that a user read it; tells whether that is new."""
    return _ACKNOWLEDGE.run(session, [(announcement_id, user_id, format_time(now))]) == 1


def keep_memberships(session: Session, rows: Sequence[tuple[str, str, str]]) -> None:
    """Note of customers (id, branch or product, which) whom announcements are for; known ones stay."""
    _JOIN.run(session, rows)


def announcement_to_change(session: Session, *, announcement_id: str) -> AnnouncementRow:
    """Give an announcement to its editor.

    :raises AnnouncementNotFound: if there is none
    """
    announcement = session.get(AnnouncementRow, announcement_id)
    if announcement is None:
        raise AnnouncementNotFound()
    return announcement
