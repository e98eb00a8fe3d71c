"""The schedule that shows announcements at their start."""

from services.notifications.tasks.feed_announcements import feed_announcements
from shared.clock import bank_now
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement


class TestFeedAnnouncements:
    def test_writes_only_when_one_is_due(self, store: Store) -> None:
        assert feed_announcements(store) == 0
        row = given_announcement(store)
        with store.write() as session:
            row.starts_at, row.fed_at = bank_now(), row.created_at.replace(year=2020)
            session.add(row)
        assert [feed_announcements(store) for _ in range(2)] == [1, 0]
