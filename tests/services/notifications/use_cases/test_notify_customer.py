"""Telling a customer something."""

from services.notifications.domain.notice import ticket_step
from services.notifications.use_cases.notify_customer import notify_customer
from shared.contracts.envelope import Position
from shared.store.engine import Store
from tests.services.notifications.told import A_NOTICE, NOON, deliveries, items, jobs


class TestNotifyCustomer:
    def test_keeps_an_item_and_queues_a_mail_with_its_job(self, store: Store) -> None:
        with store.write() as session:
            source = Position("transactions", 0, 1, 7)
            notify_customer(session, customer_id="ada", source=source, notice=A_NOTICE, now=NOON)
        with store.read() as session:
            assert items(session) == [("ada", "transfer-in", "You received a transfer")]
            assert deliveries(session) == [("ada", "transfer-in", "queued")]
            (job,) = jobs(session)
            assert set(job["payload"]) == {"delivery_id"}

    def test_queues_no_mail_for_what_only_belongs_in_the_inbox(self, store: Store) -> None:
        notice = ticket_step(kind="ticket-raised", ticket_id="t1", number="T-100001")
        with store.write() as session:
            source = Position("support", 0, 1, 1)
            notify_customer(session, customer_id="ada", source=source, notice=notice, now=NOON)
        with store.read() as session:
            assert (len(items(session)), jobs(session)) == (1, [])
