"""Signing out, and ending a lost device's session."""

import jwt
import pytest
from sqlalchemy import select

from services.identity.domain.session import SessionNotFound
from services.identity.store.sessions_queries import list_events
from services.identity.store.tables import RevocationRow, table_of
from services.identity.use_cases.end_session import end_session
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PHONE, World


def signed_in(world: World, email: str) -> Caller:
    claims = jwt.decode(world.sign_in(email).access_token, options={"verify_signature": False})
    return Caller(user_id=claims["sub"], session_id=claims["sid"], roles=frozenset(claims["roles"]))


class TestEndSession:
    def test_predecessor_d10_logout_is_logged(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = signed_in(world, "ada@demo.bank")
        end_session(world.store, caller=caller, session_id=str(caller.session_id), device=PHONE, now=NOW)
        with world.store.read() as session:
            events = list_events(session, user_id=user.id, limit=9, after=None)
        assert [(event.kind, event.address, event.agent) for event in events] == [
            ("logout", PHONE.address, PHONE.agent),
            ("login", PHONE.address, PHONE.agent),
        ]

    def test_revokes_it_once(self, world: World) -> None:
        world.add("ada@demo.bank")
        caller = signed_in(world, "ada@demo.bank")
        end_session(world.store, caller=caller, session_id=str(caller.session_id), device=PHONE, now=NOW)
        with pytest.raises(SessionNotFound):
            end_session(world.store, caller=caller, session_id=str(caller.session_id), device=PHONE, now=NOW)
        with world.store.read() as session:
            assert len(session.execute(select(table_of(RevocationRow))).all()) == 1

    def test_answers_a_strangers_session_like_a_missing_one(self, world: World) -> None:
        world.add("ada@demo.bank")
        world.add("ben@demo.bank")
        ada, ben = signed_in(world, "ada@demo.bank"), signed_in(world, "ben@demo.bank")
        for session_id in (str(ben.session_id), "no-such-session"):
            with pytest.raises(SessionNotFound):
                end_session(world.store, caller=ada, session_id=session_id, device=PHONE, now=NOW)
