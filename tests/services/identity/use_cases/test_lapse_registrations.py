"""Registrations that nobody confirmed."""

from datetime import timedelta

import pytest

from services.identity.domain.user import EmailTaken
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.lapse_registrations import lapse_registrations
from services.identity.use_cases.register_customer_login import RegisteredLogin, register_customer_login
from shared.contracts.caller import Caller
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, PASSWORD, World

HOLDS = timedelta(hours=72)


def register(world: World, customer_id: str, *, unconfirmed: bool = True) -> RegisteredLogin:
    """Register ada@demo.bank for a customer."""
    return register_customer_login(
        world.store,
        hashes=world.hashes,
        caller=Caller.for_service("accounts"),
        customer_id=customer_id,
        email="ada@demo.bank",
        password=PASSWORD,
        branch_id="main",
        allow_test_domains=True,
        unconfirmed=unconfirmed,
        now=NOW,
    )


def lapse(world: World, after: timedelta) -> int:
    return lapse_registrations(world.store, after=HOLDS, now=NOW + after)


def row_of(world: World, login: RegisteredLogin) -> UserRow:
    with world.store.read() as session:
        return user_row(session, login.row.id)


class TestLapseRegistrations:
    def test_frees_the_address_after_its_time_and_not_before(self, world: World) -> None:
        login = register(world, "c1")
        assert lapse(world, HOLDS - timedelta(minutes=1)) == 0
        with pytest.raises(EmailTaken):
            register(world, "c2")
        assert (lapse(world, HOLDS + timedelta(minutes=1)), lapse(world, HOLDS * 2)) == (1, 0)
        assert row_of(world, login).status == "suspended"
        assert register(world, "c2").created
        with world.store.read() as session:
            told = [one["data"] for one in events_after(session, 0, limit=50) if "lapsed" in one["type"]]
        assert told == [{"user_id": login.row.id, "customer_id": "c1"}]

    def test_lets_the_same_customer_register_anew(self, world: World) -> None:
        login = register(world, "c1")
        lapse(world, HOLDS * 2)
        again = register(world, "c1")
        assert (again.row.id, again.row.email, again.row.status) == (login.row.id, "ada@demo.bank", "active")
        assert row_of(world, login).email_unconfirmed

    def test_leaves_who_confirmed_signed_in_or_works_here(self, world: World) -> None:
        register(world, "c1", unconfirmed=False)
        staff = world.add("tess@demo.bank")
        seen = world.add("ben@demo.bank", "customer", customer_id="c9")
        with world.store.write() as session:
            user_row(session, staff.id).email_unconfirmed = True
            user_row(session, seen.id).email_unconfirmed = True
            user_row(session, seen.id).first_signed_in_at = NOW
        assert lapse(world, HOLDS * 9) == 0
