"""Reading an inbox item."""

from datetime import timedelta

import pytest
from sqlmodel import select

from services.notifications.domain.notice import ItemNotFound, Recipient
from services.notifications.store.tables import InboxItemRow
from services.notifications.use_cases.mark_notification_read import mark_notification_read
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.notifications.conftest import ADA, BEN
from tests.services.notifications.told import NOON, given_mail


def read(store: Store, caller: Caller, later: int = 0) -> InboxItemRow:
    with store.write() as session:
        return mark_notification_read(
            session,
            caller=caller,
            recipients=(Recipient("customer", caller.customer_id or ""),),
            item_id=session.exec(select(InboxItemRow.id)).one(),
            now=NOON + timedelta(seconds=later),
        )


class TestMarkNotificationRead:
    def test_remembers_the_first_time(self, store: Store) -> None:
        given_mail(store, "ada")
        assert read(store, ADA).read_at == NOON
        assert read(store, ADA, later=5).read_at == NOON

    def test_is_for_its_recipient_only(self, store: Store) -> None:
        given_mail(store, "ada")
        with pytest.raises(ItemNotFound):
            read(store, BEN)
