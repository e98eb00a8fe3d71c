"""Announcements for tests, made by the use case itself."""

from typing import Any

from services.notifications.store.tables import AnnouncementRow
from services.notifications.use_cases.post_announcement import AnnouncementOrder, post_announcement
from shared.store.engine import Store
from tests.services.notifications.conftest import SUE
from tests.services.notifications.told import NOON


def given_announcement(store: Store, **changed: Any) -> AnnouncementRow:
    """Post an announcement at noon."""
    wanted: dict[str, Any] = {
        "title": "Closed on Monday",
        "message": "We are back on Tuesday.",
        "audience": "all",
        "starts_at": None,
        "ends_at": None,
        "pinned": False,
        "active": True,
    }
    with store.write() as session:
        order = AnnouncementOrder(**{**wanted, **changed})
        return post_announcement(session, caller=SUE, order=order, now=NOON)
