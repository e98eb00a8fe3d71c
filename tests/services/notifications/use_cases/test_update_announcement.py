"""Changing an announcement."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.notifications.domain.announcement import AnnouncementNotFound, EndsBeforeStart, VersionMismatch
from services.notifications.store.tables import AnnouncementRow
from services.notifications.use_cases.update_announcement import update_announcement
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.conftest import SUE
from tests.services.notifications.told import NOON


def update(store: Store, announcement_id: str, seen: int, **changes: Any) -> AnnouncementRow:
    with store.write() as session:
        return update_announcement(
            session, caller=SUE, announcement_id=announcement_id, seen_version=seen, changes=changes, now=NOON
        )


class TestUpdateAnnouncement:
    def test_changes_what_is_named_and_keeps_the_old_in_the_audit(self, store: Store) -> None:
        posted = given_announcement(store)
        changed = update(store, posted.id, 1, title="Open on Monday", ends_at=NOON + timedelta(days=1))
        assert (changed.title, changed.message, changed.version) == ("Open on Monday", posted.message, 2)
        with store.read() as session:
            audit = store.plumbing.audit
            before = session.execute(select(audit.c.before).where(audit.c.command == "update-announcement")).scalar()
        assert before == {"title": "Closed on Monday", "ends_at": None}

    def test_refuses_an_older_version(self, store: Store) -> None:
        posted = given_announcement(store)
        update(store, posted.id, 1, pinned=True)
        with pytest.raises(VersionMismatch):
            update(store, posted.id, 1, pinned=False)

    def test_refuses_an_end_before_the_start(self, store: Store) -> None:
        with pytest.raises(EndsBeforeStart):
            update(store, given_announcement(store).id, 1, ends_at=NOON)

    def test_finds_nothing_where_nothing_is(self, store: Store) -> None:
        with pytest.raises(AnnouncementNotFound):
            update(store, "missing", 1, pinned=True)
