"""Put announcements that begin or end just now into the live feed, so that open screens show and hide them.

Who: the worker's schedule. Rule: `domain/announcement.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.store.announcement_store import due_in_feed, feed_announcement


def feed_due_announcements(session: Session, *, now: datetime) -> int:
    """Give each of them a new place, once for its start and once for its end; gives how many."""
    due = due_in_feed(session, now=now)
    for announcement in due:
        feed_announcement(session, announcement, now=now)
    return len(due)
