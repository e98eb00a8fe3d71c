"""Marking a whole inbox as read."""

from services.notifications.domain.notice import Recipient
from services.notifications.store.inbox_queries import list_items
from services.notifications.use_cases.mark_all_read import mark_all_read
from shared.store.engine import Store
from tests.services.notifications.conftest import ADA
from tests.services.notifications.told import NOON, given_mail

OWN = (Recipient("customer", "ada"), Recipient("user", "user-ada"))


class TestMarkAllRead:
    def test_marks_own_items_up_to_the_one_that_was_seen(self, store: Store) -> None:
        for sequence in (1, 2, 3):
            given_mail(store, "ada", sequence=sequence)
        given_mail(store, "ben", sequence=4)
        with store.read() as session:
            seen = list_items(session, recipients=OWN, after=None, limit=3)[1].id
        with store.write() as session:
            assert mark_all_read(session, caller=ADA, recipients=OWN, up_to=seen, now=NOON) == {
                "marked": 2,
                "unread": 1,
            }
        for marked in (1, 0):
            with store.write() as session:
                found = mark_all_read(session, caller=ADA, recipients=OWN, up_to=None, now=NOON)
                assert found == {"marked": marked, "unread": 0}
        with store.read() as session:
            assert (
                list_items(session, recipients=(Recipient("customer", "ben"),), after=None, limit=3)[0].read_at is None
            )
