"""Confirming an address, new or changed."""

import pytest

from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.session import EmailNotConfirmed
from services.identity.store.users_queries import user_row
from services.identity.use_cases.confirm_email import (
    begin_email_change,
    confirm_email,
    finish_email_change,
    send_confirmation,
)
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

    def test_tells_a_taken_address_to_its_owner_alone(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        world.add("ben@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        begin_email_change(world.desk, caller=caller, user_id=user.id, new_email="ben@demo.bank", now=NOW)
        assert world.mailer.mails == [("ben@demo.bank", "already-registered", None)]
