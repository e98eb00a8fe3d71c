"""Posting an announcement."""

from datetime import timedelta

import pytest

from services.notifications.domain.announcement import EndsBeforeStart
from shared.contracts.notifications import AnnouncementPosted
from shared.store.engine import Store
from shared.store.outbox_queries import events_after
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.told import NOON


class TestPostAnnouncement:
    def test_starts_at_once_and_is_told(self, store: Store) -> None:
        posted = given_announcement(store, audience="customers")
        assert (posted.starts_at, posted.ends_at, posted.version, posted.created_by) == (NOON, None, 1, "user-sue")
        with store.read() as session:
            (fact,) = events_after(session, 0, 10)
        assert fact["type"] == AnnouncementPosted.type
        assert fact["data"] == {"announcement_id": posted.id, "audience": "customers"}

    def test_refuses_an_end_before_the_start(self, store: Store) -> None:
        for ends_at in (NOON, NOON - timedelta(seconds=1)):
            with pytest.raises(EndsBeforeStart):
                given_announcement(store, ends_at=ends_at)
