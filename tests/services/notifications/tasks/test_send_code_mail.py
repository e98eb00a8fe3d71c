"""Mails with codes: encrypted while they wait, wiped when they are gone, not sent too late."""

from datetime import timedelta
from typing import Any

import pytest

from services.notifications.domain.code_mail import CodeMail
from services.notifications.store.mailbox_queries import list_mails, read_mail
from services.notifications.store.sealed_mails import MailSeal, mail_of
from services.notifications.store.tables import PLUMBING
from services.notifications.tasks.send_code_mail import send_code_mail
from services.notifications.tasks.send_mail import MailRoom, TryLater
from services.notifications.use_cases.queue_code_mail import queue_code_mail
from shared.clock import now
from shared.contracts.caller import Caller
from tests.services.notifications.conftest import PostOffice

IDENTITY = Caller.for_service("identity")


def queued(room: MailRoom, *, minutes: int = 5) -> tuple[str, dict[str, Any]]:
    mail = CodeMail("sign-in", "ada@demo.bank", "493027", now() + timedelta(minutes=minutes))
    job_id = queue_code_mail(room.store, caller=IDENTITY, seal=MailSeal(""), mail=mail)
    return job_id, payload(room, job_id)


def payload(room: MailRoom, job_id: str) -> dict[str, Any]:
    with room.store.read() as session:
        found: dict[str, Any] = session.execute(
            PLUMBING.jobs.select().with_only_columns(PLUMBING.jobs.c.payload).where(PLUMBING.jobs.c.id == job_id)
        ).scalar_one()
    return found


def send(room: MailRoom, job_id: str, content: dict[str, Any]) -> str:
    return send_code_mail(room.store, settings=room.settings, server=room.server, job_id=job_id, payload=content)


class TestSendCodeMail:
    def test_sends_the_code_and_wipes_it(self, room: MailRoom, office: PostOffice) -> None:
        job_id, content = queued(room)
        assert "493027" not in str(content)
        assert "ada@demo.bank" not in str(content)
        assert send(room, job_id, content) == "sent"
        (line,) = list_mails(room.settings.mailbox_dir, limit=5)
        mail = read_mail(room.settings.mailbox_dir, line.id)
        assert mail is not None
        assert (line.to, line.subject, "493027" in mail.text) == ("ada@demo.bank", "Your code to sign in", True)
        assert payload(room, job_id) == {"said": "sent"}

    def test_keeps_it_while_the_mail_server_is_away(self, room: MailRoom) -> None:
        job_id, content = queued(room)
        with pytest.raises(TryLater):
            send(room, job_id, content)
        assert payload(room, job_id) == content

    def test_sends_nothing_too_late_or_twice_or_with_another_secret(self, room: MailRoom, office: PostOffice) -> None:
        job_id, content = queued(room, minutes=-1)
        assert send(room, job_id, content) == "too-late"
        assert send(room, job_id, payload(room, job_id)) == "too-late"
        _, content = queued(room)
        assert mail_of(MailSeal("another"), content, now=now()) is None
        assert list_mails(room.settings.mailbox_dir, limit=5) == []
