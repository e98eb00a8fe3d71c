"""Sending a mail once more, because a person says so."""

import pytest

from services.notifications.domain.delivery import DeliveryNotFound, NotToBeResent, State
from services.notifications.store.delivery_store import get_delivery
from services.notifications.store.mailbox_queries import list_mails
from services.notifications.tasks.send_mail import MailRoom, send_mail
from services.notifications.use_cases.resend_mail import resend_mail
from shared.clock import now
from shared.store.engine import Store
from tests.services.notifications.conftest import SUE, PostOffice
from tests.services.notifications.told import given_mail, jobs


def given_state(store: Store, state: State) -> str:
    delivery_id = given_mail(store)
    with store.write() as session:
        delivery = get_delivery(session, delivery_id=delivery_id)
        delivery.state = state
        session.add(delivery)
    return delivery_id


def resend(store: Store, delivery_id: str) -> None:
    with store.write() as session:
        resend_mail(session, caller=SUE, delivery_id=delivery_id, now=now())


class TestResendMail:
    @pytest.mark.parametrize("state", ["failed", "maybe-sent"])
    def test_queues_what_nobody_has_for_sure_with_a_job_of_its_own(
        self, room: MailRoom, office: PostOffice, state: State
    ) -> None:
        delivery_id = given_state(room.store, state)
        resend(room.store, delivery_id)
        with room.store.read() as session:
            assert len(jobs(session)) == 2
        assert send_mail(room, delivery_id=delivery_id, asked_at=now()) == "sent"
        assert len(list_mails(room.settings.mailbox_dir, limit=5)) == 1

    @pytest.mark.parametrize("state", ["queued", "sending", "sent"])
    def test_leaves_what_is_on_its_way_or_was_sent(self, store: Store, state: State) -> None:
        delivery_id = given_state(store, state)
        with pytest.raises(NotToBeResent):
            resend(store, delivery_id)

    def test_needs_a_mail(self, store: Store) -> None:
        with pytest.raises(DeliveryNotFound):
            resend(store, "x")
