"""Announcements appear on open screens at their start, and go at their end."""

from services.notifications.store.announcement_store import due_in_feed
from services.notifications.use_cases.feed_due_announcements import feed_due_announcements
from shared.clock import bank_now
from shared.store.engine import Store


def feed_announcements(store: Store) -> int:
    """Look whether any is due, and only then write; gives how many were."""
    now = bank_now()
    with store.read() as session:
        if not due_in_feed(session, now=now):
            return 0
    with store.write() as session:
        return feed_due_announcements(session, now=now)
