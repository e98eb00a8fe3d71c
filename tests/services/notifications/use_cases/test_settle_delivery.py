"""Noting what became of a delivery."""

from services.notifications.domain.delivery import State
from services.notifications.store.delivery_store import get_delivery
from services.notifications.use_cases.settle_delivery import settle_delivery
from shared.store.engine import Store
from tests.services.notifications.told import NOON, deliveries, given_mail


def settle(store: Store, delivery_id: str, *states: State) -> str:
    for state in states:
        with store.write() as session:
            settle_delivery(session, delivery_id=delivery_id, state=state, now=NOON, error=None)
    with store.read() as session:
        return deliveries(session)[0][2]


class TestSettleDelivery:
    def test_notes_when_it_was_sent(self, store: Store) -> None:
        delivery_id = given_mail(store)
        settle(store, delivery_id, "sending", "sent")
        with store.read() as session:
            assert get_delivery(session, delivery_id=delivery_id).sent_at == NOON

    def test_keeps_a_final_state(self, store: Store) -> None:
        assert settle(store, given_mail(store), "failed", "queued", "sent") == "failed"

    def test_believes_a_late_try_that_knows_it_was_sent(self, store: Store) -> None:
        assert settle(store, given_mail(store), "maybe-sent", "queued", "sent") == "sent"
