"""Giving a new customer a login."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from services.identity.domain.email import InvalidEmail
from services.identity.domain.password import PasswordTooShort
from services.identity.domain.session import InvalidCredentials
from services.identity.domain.user import CustomerHasLogin, EmailTaken
from services.identity.store.tables import PLUMBING
from services.identity.use_cases.register_customer_login import RegisteredLogin, register_customer_login
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PASSWORD, World


def register(
    world: World, customer_id: str = "c1", *, email: str = "Eve@demo.bank", password: str = PASSWORD
) -> RegisteredLogin:
    return register_customer_login(
        world.store,
        hashes=world.hashes,
        caller=Caller.for_service("accounts"),
        customer_id=customer_id,
        email=email,
        password=password,
        branch_id="b1",
        allow_test_domains=True,
        now=NOW,
    )


class TestRegisterCustomerLogin:
    def test_makes_one_login_however_often_it_is_asked(self, world: World) -> None:
        first, again = register(world), register(world)
        assert (first.created, again.created) == (True, False)
        assert first.row.id == again.row.id
        with world.store.read() as session:
            assert session.execute(select(PLUMBING.outbox.c.type)).scalars().all() == ["bank.identity.user-created.v1"]
        world.sign_in("eve@demo.bank")

    def test_makes_one_login_of_many_calls_at_once(self, world: World) -> None:
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda _turn: register(world), range(8)))
        assert sum(one.created for one in made) == 1
        assert len({one.row.id for one in made}) == 1

    def test_takes_a_new_password_until_the_first_sign_in(self, world: World) -> None:
        register(world)
        register(world, password="another quiet river")
        world.sign_in("eve@demo.bank", "another quiet river")
        register(world, password="a third quiet river")
        with pytest.raises(InvalidCredentials):
            world.sign_in("eve@demo.bank", "a third quiet river")

    def test_refuses_an_address_that_somebody_has(self, world: World) -> None:
        register(world)
        with pytest.raises(EmailTaken):
            register(world, "c2", email="EVE@demo.bank")

    def test_refuses_a_second_address_for_one_customer(self, world: World) -> None:
        register(world)
        with pytest.raises(CustomerHasLogin):
            register(world, email="other@demo.bank")

    def test_refuses_a_bad_address_or_password(self, world: World) -> None:
        with pytest.raises(InvalidEmail):
            register(world, email="nobody")
        with pytest.raises(PasswordTooShort):
            register(world, password="short")
