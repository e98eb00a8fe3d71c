"""Acknowledging an announcement."""

import pytest

from services.notifications.domain.announcement import AnnouncementNotFound, Reader
from services.notifications.store.announcement_queries import acknowledged
from services.notifications.use_cases.acknowledge_announcement import acknowledge_announcement
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.conftest import ADA
from tests.services.notifications.told import NOON

READER = Reader(is_customer=True)


class TestAcknowledgeAnnouncement:
    def test_is_noted_once_per_person(self, store: Store) -> None:
        row = given_announcement(store)
        for _ in range(2):
            with store.write() as session:
                acknowledge_announcement(session, caller=ADA, reader=READER, announcement_id=row.id, now=NOON)
        with store.read() as session:
            assert acknowledged(session, user_id="user-ada", announcement_ids=[row.id]) == {row.id}
            assert acknowledged(session, user_id="user-ben", announcement_ids=[row.id]) == frozenset()

    def test_is_for_its_readers_only(self, store: Store) -> None:
        row = given_announcement(store, audience="staff")
        with store.write() as session, pytest.raises(AnnouncementNotFound):
            acknowledge_announcement(session, caller=ADA, reader=READER, announcement_id=row.id, now=NOON)
