"""Taking an announcement down."""

import pytest

from services.notifications.domain.announcement import AnnouncementNotFound
from services.notifications.store.announcement_store import announcement_to_change
from services.notifications.use_cases.deactivate_announcement import deactivate_announcement
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.conftest import SUE
from tests.services.notifications.told import NOON


class TestDeactivateAnnouncement:
    def test_hides_it_and_keeps_its_row(self, store: Store) -> None:
        posted = given_announcement(store)
        for _ in range(2):
            with store.write() as session:
                deactivate_announcement(session, caller=SUE, announcement_id=posted.id, now=NOON)
        with store.read() as session:
            left = announcement_to_change(session, announcement_id=posted.id)
        assert (left.active, left.version, left.title) == (False, 2, posted.title)

    def test_finds_nothing_where_nothing_is(self, store: Store) -> None:
        with pytest.raises(AnnouncementNotFound), store.write() as session:
            deactivate_announcement(session, caller=SUE, announcement_id="missing", now=NOON)
