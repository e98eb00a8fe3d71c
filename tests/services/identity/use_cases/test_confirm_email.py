"""Confirming an address, new or changed."""

import json

import pytest
from sqlalchemy import select

from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.session import EmailNotConfirmed
from services.identity.store.notice_store import SEND_NOTICE, notice_of
from services.identity.store.tables import PLUMBING
from services.identity.store.users_queries import user_row
from services.identity.use_cases.confirm_email import (
    begin_email_change,
    confirm_email,
    finish_email_change,
    send_confirmation,
)
from shared.clock import format_time
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, World


class TestConfirmEmail:
    def test_lets_nobody_in_before(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        world.settings.email_confirmation = "on"
        with world.store.write() as session:
            user_row(session, user.id).email_unconfirmed = True
        with pytest.raises(EmailNotConfirmed):
            world.sign_in("ada@demo.bank")
        send_confirmation(world.desk, email="nobody@demo.bank", now=NOW)
        send_confirmation(world.desk, email="ada@demo.bank", now=NOW)
        assert [mail[:2] for mail in world.mailer.mails] == [("ada@demo.bank", "confirm-email")]
        with pytest.raises(InvalidCode):
            confirm_email(world.desk, email="nobody@demo.bank", code=world.mailer.code(), now=NOW)
        confirm_email(world.desk, email="ada@demo.bank", code=world.mailer.code(), now=NOW)
        world.sign_in("ada@demo.bank")


class TestChangeEmail:
    def test_asks_the_new_mailbox_and_changes_nothing_before(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        begin_email_change(world.desk, caller=caller, user_id=user.id, new_email="Ada2@demo.bank", now=NOW)
        assert world.mailer.mails[-1][0] == "ada2@demo.bank"
        world.sign_in("ada@demo.bank")
        finish_email_change(world.desk, caller=caller, user_id=user.id, code=world.mailer.code(), now=NOW)
        world.sign_in("ada2@demo.bank")

    def test_tells_the_old_mailbox_and_says_no_address(self, world: World) -> None:
        user = world.add("ada@demo.bank", "customer", customer_id="c1")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        begin_email_change(world.desk, caller=caller, user_id=user.id, new_email="ada2@demo.bank", now=NOW)
        code = world.mailer.code()
        finish_email_change(world.desk, caller=caller, user_id=user.id, code=code, now=NOW)
        with world.store.read() as session:
            [job] = session.execute(select(PLUMBING.jobs)).all()
            fact = events_after(session, 0, 200)[-1]
        assert "ada" not in json.dumps(job.payload)
        notice, valid_until = notice_of(world.keys, job.payload)
        assert (job.kind, notice.mail, notice.to) == (SEND_NOTICE, "email-changed", "ada@demo.bank")
        assert valid_until > NOW
        assert fact["type"] == "bank.identity.email-changed.v1"
        assert fact["data"] == {"user_id": user.id, "customer_id": "c1", "at": format_time(NOW)}

    def test_changes_nothing_with_another_code(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        begin_email_change(world.desk, caller=caller, user_id=user.id, new_email="ada2@demo.bank", now=NOW)
        wrong = f"{(int(world.mailer.code()) + 1) % 1_000_000:06d}"
        with pytest.raises(InvalidCode):
            finish_email_change(world.desk, caller=caller, user_id=user.id, code=wrong, now=NOW)
        with world.store.read() as session:
            assert session.execute(select(PLUMBING.jobs)).all() == []
        world.sign_in("ada@demo.bank")

    def test_tells_a_taken_address_to_its_owner_alone(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        world.add("ben@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        begin_email_change(world.desk, caller=caller, user_id=user.id, new_email="ben@demo.bank", now=NOW)
        assert world.mailer.mails == [("ben@demo.bank", "already-registered", None)]
