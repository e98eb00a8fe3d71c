"""Telling the owner of an address that somebody registered with it."""

import pytest

from services.identity.domain.password import PasswordTooShort
from services.identity.use_cases.tell_already_registered import tell_already_registered
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PASSWORD, World

ACCOUNTS = Caller.for_service("accounts")


def tell(world: World, email: str, password: str = PASSWORD) -> None:
    tell_already_registered(world.desk, caller=ACCOUNTS, email=email, password=password, names=("Ada",), now=NOW)


class TestTellAlreadyRegistered:
    def test_sends_a_mail_without_a_code_to_whoever_has_the_address(self, world: World) -> None:
        world.add("ada@demo.bank", "customer")
        tell(world, "ada@demo.bank")
        tell(world, "nobody@demo.bank")
        assert world.mailer.mails == [
            ("ada@demo.bank", "already-registered", None),
            ("nobody@demo.bank", "already-registered", None),
        ]

    def test_sends_the_code_again_to_who_has_not_confirmed(self, world: World) -> None:
        row = world.add("ada@demo.bank", "customer")
        with world.store.write() as session:
            row.email_unconfirmed = True
            session.add(row)
        tell(world, "ada@demo.bank")
        [(_, mail, code)] = world.mailer.mails
        assert (mail, len(code or "")) == ("confirm-email", 6)

    def test_refuses_the_passwords_that_a_new_login_may_not_have(self, world: World) -> None:
        with pytest.raises(PasswordTooShort):
            tell(world, "ada@demo.bank", "short")
        assert world.mailer.mails == []
