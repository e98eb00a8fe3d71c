"""Announcements that begin or end reach the feed."""

from datetime import timedelta

from services.notifications.use_cases.feed_due_announcements import feed_due_announcements
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.told import NOON

HOUR = timedelta(hours=1)


def due(store: Store, hours: int) -> int:
    with store.write() as session:
        return feed_due_announcements(session, now=NOON + hours * HOUR)


class TestFeedDueAnnouncements:
    def test_feeds_each_once_at_its_start_and_once_at_its_end(self, store: Store) -> None:
        given_announcement(store, starts_at=NOON + HOUR, ends_at=NOON + 3 * HOUR)
        given_announcement(store, starts_at=NOON + HOUR, active=False)
        assert [due(store, hours) for hours in (0, 1, 2, 3, 4)] == [0, 1, 0, 1, 0]
