"""Letting waiting mails go."""

from datetime import timedelta

from services.notifications.domain.delivery import SERVER_DOWN
from services.notifications.use_cases.hurry_mails import hurry_mails
from services.notifications.use_cases.settle_delivery import settle_delivery
from shared.clock import now
from shared.store.engine import Store
from shared.store.jobs import claim_job, due_jobs, fail_job
from tests.services.notifications.told import given_mail, jobs


class TestHurryMails:
    def test_lets_only_those_go_that_waited_for_the_mail_server(self, store: Store) -> None:
        waiting, refused = given_mail(store, sequence=1), given_mail(store, sequence=2)
        with store.write() as session:
            for delivery_id, error in ((waiting, SERVER_DOWN), (refused, "refused with 451")):
                settle_delivery(session, delivery_id=delivery_id, state="queued", now=now(), error=error)
            for job in jobs(session):
                claim_job(session, job["id"], lease_seconds=30)
                fail_job(session, job["id"], "later", retry_at=now() + timedelta(minutes=2))
        with store.write() as session:
            assert due_jobs(session) == []
            assert hurry_mails(session, now=now()) == 1
        with store.read() as session:
            due = due_jobs(session)
            assert [job["unique_key"] for job in jobs(session) if job["id"] in due] == [waiting]
