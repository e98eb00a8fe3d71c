"""Taking a delivery before its text is given."""

from services.notifications.use_cases.start_delivery import start_delivery
from shared.store.engine import Store
from tests.services.notifications.told import NOON, deliveries, given_mail


class TestStartDelivery:
    def test_lets_one_try_through(self, store: Store) -> None:
        delivery_id = given_mail(store)
        taken = []
        for _ in range(2):
            with store.write() as session:
                taken.append(start_delivery(session, delivery_id=delivery_id, now=NOON))
        assert taken == [True, False]
        with store.read() as session:
            assert deliveries(session) == [("ada", "transfer-in", "sending")]
