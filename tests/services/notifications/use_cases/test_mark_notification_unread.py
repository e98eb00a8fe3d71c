"""Marking an item as unread again."""

import pytest

from services.notifications.domain.notice import ItemNotFound, Recipient
from services.notifications.store.inbox_queries import count_unread, list_items
from services.notifications.use_cases.mark_notification_read import mark_notification_read
from services.notifications.use_cases.mark_notification_unread import mark_notification_unread
from shared.store.engine import Store
from tests.services.notifications.conftest import ADA, BEN
from tests.services.notifications.told import NOON, given_mail

OWN = (Recipient("customer", "ada"),)


class TestMarkNotificationUnread:
    def test_forgets_that_it_was_read(self, store: Store) -> None:
        given_mail(store, "ada")
        with store.read() as session:
            item = list_items(session, recipients=OWN, after=None, limit=1)[0].id
        with store.write() as session:
            mark_notification_read(session, caller=ADA, recipients=OWN, item_id=item, now=NOON)
        for _ in range(2):
            with store.write() as session:
                mark_notification_unread(session, caller=ADA, recipients=OWN, item_id=item)
        with store.read() as session:
            assert count_unread(session, recipients=OWN) == 1
        others = (Recipient("customer", "ben"),)
        with store.write() as session, pytest.raises(ItemNotFound):
            mark_notification_unread(session, caller=BEN, recipients=others, item_id=item)
