"""Handing a notice over."""

import pytest
from sqlalchemy import select

from services.identity.store.notice_store import Notice, tell_later
from services.identity.store.tables import PLUMBING
from services.identity.tasks.send_notice import send_notice
from shared.errors import Unavailable
from shared.store.jobs import Job
from tests.services.identity.conftest import NOW, Post, World


class TestSendNotice:
    def test_hands_over_what_the_job_says_and_fails_aloud(self, world: World) -> None:
        with world.store.write() as session:
            tell_later(session, keys=world.keys, notice=Notice("email-changed", "u1", "ada@demo.bank"), now=NOW)
        with world.store.read() as session:
            row = session.execute(select(PLUMBING.jobs)).one()
        job = Job(row.id, row.kind, row.unique_key, row.payload, 1)
        send_notice(job, keys=world.keys, mailer=world.mailer)
        assert world.mailer.mails == [("ada@demo.bank", "email-changed", None)]
        with pytest.raises(Unavailable):
            send_notice(job, keys=world.keys, mailer=Closed())


class Closed(Post):
    """Nobody takes the mail."""

    def hand_over(self, **_: object) -> None:
        raise Unavailable("closed")
