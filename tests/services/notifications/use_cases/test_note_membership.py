"""Knowing of which branch and products a customer is."""

from services.notifications.store.announcement_queries import memberships_of
from services.notifications.use_cases.note_membership import note_membership
from shared.store.engine import Store


class TestNoteMembership:
    def test_keeps_each_once(self, store: Store) -> None:
        for product in (None, "savings", "savings", "current"):
            with store.write() as session:
                note_membership(session, customer_ids=["ada", "ben"], branch_id="main", product=product)
        with store.read() as session:
            assert memberships_of(session, customer_id="ada") == ({"main"}, {"savings", "current"})
            assert memberships_of(session, customer_id="cleo") == (frozenset(), frozenset())
