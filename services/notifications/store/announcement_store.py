"""Writing announcements, inside the use case's transaction."""

from sqlmodel import Session

from services.notifications.domain.announcement import AnnouncementNotFound
from services.notifications.store.tables import AnnouncementRow


def keep_announcement(session: Session, announcement: AnnouncementRow) -> None:
    """Write a new or changed announcement."""
    session.add(announcement)
    session.flush()


def announcement_to_change(session: Session, *, announcement_id: str) -> AnnouncementRow:
    """Give an announcement to its editor.

    :raises AnnouncementNotFound: if there is none
    """
    announcement = session.get(AnnouncementRow, announcement_id)
    if announcement is None:
        raise AnnouncementNotFound()
    return announcement
