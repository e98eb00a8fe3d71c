"""Going on with a session."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from services.identity.domain.session import Device, InvalidRefreshToken
from services.identity.store.tables import PLUMBING, RevocationRow, SessionRow, table_of
from services.identity.store.users_queries import user_row
from services.identity.use_cases.refresh_session import refresh_session
from services.identity.use_cases.sign_in import IssuedTokens
from tests.services.identity.conftest import NOW, PHONE, World


def refresh(world: World, token: str, *, after_seconds: int = 0, device: Device = PHONE) -> IssuedTokens:
    return refresh_session(
        world.store,
        keys=world.keys,
        settings=world.settings,
        refresh_token=token,
        device=device,
        now=NOW + timedelta(seconds=after_seconds),
    )


def first_token(world: World) -> str:
    world.add("ada@demo.bank")
    return world.sign_in("ada@demo.bank").refresh_token


def is_over(world: World) -> bool:
    with world.store.read() as session:
        return session.execute(select(table_of(SessionRow))).one().ended_at is not None


class TestRefreshSession:
    def test_gives_a_new_token_each_time(self, world: World) -> None:
        tokens = [first_token(world)]
        for turn in range(1, 4):
            tokens.append(refresh(world, tokens[-1], after_seconds=turn * 300).refresh_token)
        assert len(set(tokens)) == 4

    def test_ends_the_family_of_a_token_used_twice(self, world: World) -> None:
        first = first_token(world)
        second = refresh(world, first).refresh_token
        with pytest.raises(InvalidRefreshToken):
            refresh(world, first, after_seconds=11)
        with pytest.raises(InvalidRefreshToken):
            refresh(world, second, after_seconds=12)
        with world.store.read() as session:
            ended = session.execute(select(table_of(SessionRow))).one()
            revoked = session.execute(select(table_of(RevocationRow))).one()
            facts = session.execute(select(PLUMBING.outbox.c.type).order_by(PLUMBING.outbox.c.sequence)).scalars().all()
        assert (ended.end_reason, revoked.session_id) == ("refresh-token-reused", ended.id)
        assert facts[-1] == "bank.identity.sessions-ended.v1"

    def test_gives_two_tabs_the_same_successor(self, world: World) -> None:
        first = first_token(world)
        tabs = {refresh(world, first, after_seconds=seconds).refresh_token for seconds in (0, 1, 10)}
        assert len(tabs) == 1
        refresh(world, tabs.pop(), after_seconds=300)
        assert not is_over(world)

    def test_gives_another_device_nothing_and_ends_the_family(self, world: World) -> None:
        first = first_token(world)
        refresh(world, first)
        with pytest.raises(InvalidRefreshToken):
            refresh(world, first, after_seconds=1, device=replace(PHONE, agent="curl/8.0"))
        assert is_over(world)

    def test_ends_the_family_when_somebody_went_on_already(self, world: World) -> None:
        first = first_token(world)
        refresh(world, refresh(world, first).refresh_token, after_seconds=1)
        with pytest.raises(InvalidRefreshToken):
            refresh(world, first, after_seconds=2)
        assert is_over(world)

    def test_refuses_an_unused_token_that_expired(self, world: World) -> None:
        first = first_token(world)
        with pytest.raises(InvalidRefreshToken):
            refresh(world, first, after_seconds=world.settings.refresh_idle_seconds)
        assert not is_over(world)

    @pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 500])
    def test_refuses_what_it_never_gave(self, world: World, token: str) -> None:
        with pytest.raises(InvalidRefreshToken):
            refresh(world, token)

    def test_refuses_who_is_suspended(self, world: World) -> None:
        user = world.add("bob@demo.bank")
        token = world.sign_in("bob@demo.bank").refresh_token
        with world.store.write() as session:
            user_row(session, user.id).status = "suspended"
        with pytest.raises(InvalidRefreshToken):
            refresh(world, token)
