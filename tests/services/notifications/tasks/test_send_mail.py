"""Sending mails through a real mail server: once, later, never, or nobody knows."""

import asyncio
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from services.notifications.domain.delivery import SERVER_DOWN
from services.notifications.domain.notice import ticket_step
from services.notifications.store.delivery_store import get_delivery
from services.notifications.store.mailbox_queries import list_mails, read_mail
from services.notifications.store.tables import DeliveryRow
from services.notifications.tasks.send_mail import MailRoom, TryLater, send_mail
from services.notifications.tasks.watch_mail_server import watch_mail_server
from services.notifications.use_cases.notify_customer import notify_user
from services.notifications.use_cases.start_delivery import start_delivery
from shared.clock import now
from shared.contracts.envelope import Position
from shared.store.jobs import due_jobs
from shared.worker.running import JobRunner
from tests.services.notifications.conftest import AccountsDouble, IdentityDouble, PostOffice
from tests.services.notifications.told import deliveries, given_mail, jobs


class Refuses:
    """A mail server that answers the text with a refusal, or hangs up without one."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer is None:
            server.transport.abort()
            await asyncio.sleep(0.05)
            return "421 gone"
        return self.answer


class RefusesRecipient:
    async def handle_RCPT(self, *_: Any) -> str:  # noqa: N802
        return "550 no such mailbox"


def received(room: MailRoom) -> int:
    return len(list_mails(room.settings.mailbox_dir, limit=100))


def queued_now(room: MailRoom) -> str:
    """Queue a mail that is as old as now, not as the test's noon."""
    delivery_id = given_mail(room.store)
    with room.store.write() as session:
        delivery = get_delivery(session, delivery_id=delivery_id)
        delivery.created_at = now()
        session.add(delivery)
    return delivery_id


def queued_for_staff(room: MailRoom, user_id: str) -> str:
    notice = ticket_step(kind="ticket-assigned", ticket_id="t1", number="T-100001", by_mail=True)
    with room.store.write() as session:
        source = Position("support", 0, 1, 1)
        notify_user(session, user_id=user_id, source=source, notice=notice, now=now())
    with room.store.read() as session:
        return session.exec(select(DeliveryRow.id).order_by(DeliveryRow.id)).all()[-1]


class TestMailToStaff:
    def test_goes_to_the_address_of_the_login(self, room: MailRoom, office: PostOffice) -> None:
        assert send_mail(room, delivery_id=queued_for_staff(room, "user-sue")) == "sent"
        (line,) = list_mails(room.settings.mailbox_dir, limit=5)
        assert (line.to, line.subject) == ("sue@demo.bank", "Ticket T-100001 is yours now")

    @pytest.mark.parametrize("user_id", ["user-old", "nobody"])
    def test_never_goes_to_who_may_not_sign_in(self, room: MailRoom, office: PostOffice, user_id: str) -> None:
        assert send_mail(room, delivery_id=queued_for_staff(room, user_id)) == "failed"
        assert received(room) == 0

    def test_waits_for_identity(self, room: MailRoom, office: PostOffice, identity: IdentityDouble) -> None:
        delivery_id = queued_for_staff(room, "user-sue")
        identity.down = True
        with pytest.raises(TryLater):
            send_mail(room, delivery_id=delivery_id)


class TestSendMail:
    def test_hands_over_text_and_html_once(self, room: MailRoom, office: PostOffice) -> None:
        delivery_id = queued_now(room)
        assert [send_mail(room, delivery_id=delivery_id) for _ in range(3)] == ["sent"] * 3
        (line,) = list_mails(room.settings.mailbox_dir, limit=5)
        assert (line.to, line.subject) == ("Ada Example <ada@demo.bank>", "You received a transfer: €10.50")
        mail = read_mail(room.settings.mailbox_dir, line.id)
        assert mail is not None
        for body in (mail.text, mail.html):
            assert "Hello Ada" in body
            assert "+€10.50" in body
            assert "23 November 2026, 11:30 UTC" in body

    def test_keeps_script_in_a_name_as_text(self, room: MailRoom, office: PostOffice, accounts: AccountsDouble) -> None:
        accounts.people["ada"] = ("ada@demo.bank", "<script>alert(1)</script>")
        send_mail(room, delivery_id=queued_now(room))
        mail = read_mail(room.settings.mailbox_dir, list_mails(room.settings.mailbox_dir, limit=1)[0].id)
        assert mail is not None
        assert "<script" not in mail.html
        assert "&lt;script&gt;" in mail.html

    def test_tries_later_while_the_mail_server_is_down(self, room: MailRoom, office: PostOffice) -> None:
        delivery_id = queued_now(room)
        office.stop()
        with pytest.raises(TryLater):
            send_mail(room, delivery_id=delivery_id)
        with room.store.read() as session:
            assert get_delivery(session, delivery_id=delivery_id).last_error == SERVER_DOWN
        office.start()
        assert send_mail(room, delivery_id=delivery_id) == "sent"
        assert received(room) == 1

    def test_tries_later_while_accounts_is_down(
        self, room: MailRoom, office: PostOffice, accounts: AccountsDouble
    ) -> None:
        accounts.down = True
        with pytest.raises(TryLater):
            send_mail(room, delivery_id=queued_now(room))
        assert received(room) == 0

    @pytest.mark.parametrize(
        ("keeper", "state"),
        [(Refuses("554 spam"), "failed"), (RefusesRecipient(), "failed"), (Refuses(None), "maybe-sent")],
    )
    def test_ends_where_another_try_would_not_help(
        self, room: MailRoom, office: PostOffice, keeper: object, state: str
    ) -> None:
        office.stop()
        office.start(keeper)
        delivery_id = queued_now(room)
        assert send_mail(room, delivery_id=delivery_id) == state
        assert send_mail(room, delivery_id=delivery_id) == state

    def test_tries_later_when_the_text_was_refused_for_now(self, room: MailRoom, office: PostOffice) -> None:
        office.stop()
        office.start(Refuses("451 later"))
        delivery_id = queued_now(room)
        with pytest.raises(TryLater):
            send_mail(room, delivery_id=delivery_id)
        with room.store.read() as session:
            assert deliveries(session) == [("ada", "transfer-in", "queued")]

    def test_does_not_send_again_what_a_dead_try_was_handing_over(self, room: MailRoom, office: PostOffice) -> None:
        delivery_id = queued_now(room)
        with room.store.write() as session:
            start_delivery(session, delivery_id=delivery_id, now=now())
        assert send_mail(room, delivery_id=delivery_id) == "maybe-sent"
        assert received(room) == 0

    def test_fails_for_who_is_no_customer(self, room: MailRoom, office: PostOffice, accounts: AccountsDouble) -> None:
        accounts.people.clear()
        assert send_mail(room, delivery_id=queued_now(room)) == "failed"

    @pytest.mark.parametrize("email", ["two@lines.example\r\nBcc: x@y.example", "no address", "ümlaut@demo.bank"])
    def test_fails_for_what_is_no_address(
        self, room: MailRoom, office: PostOffice, accounts: AccountsDouble, email: str
    ) -> None:
        accounts.people["ada"] = (email, "Ada")
        assert send_mail(room, delivery_id=queued_now(room)) == "failed"
        assert received(room) == 0

    def test_gives_up_after_some_days(self, room: MailRoom, office: PostOffice) -> None:
        room.settings.mail_give_up_after_hours = 0
        assert send_mail(room, delivery_id=queued_now(room)) == "failed"


class TestWatchMailServer:
    def test_lets_waiting_mails_go_when_the_server_is_back(self, room: MailRoom, office: PostOffice) -> None:
        delivery_id = queued_now(room)
        runner = JobRunner(
            {"send_mail": lambda _store, job: _send(room, job.payload["delivery_id"])}, lease_seconds=30, max_tries=99
        )
        with room.store.read() as session:
            (job,) = jobs(session)
        office.stop()
        assert not runner.run(room.store, job["id"])
        assert watch_mail_server(room.store, server=room.server) == 0
        office.start()
        assert watch_mail_server(room.store, server=room.server) == 1
        with room.store.read() as session:
            assert due_jobs(session) == [job["id"]]
        assert runner.run(room.store, job["id"])
        with room.store.read() as session:
            assert get_delivery(session, delivery_id=delivery_id).state == "sent"
        assert watch_mail_server(room.store, server=room.server) == 0


def _send(room: MailRoom, delivery_id: str) -> None:
    send_mail(room, delivery_id=delivery_id)
