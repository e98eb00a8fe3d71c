"""Signing out everywhere."""

import json

from sqlalchemy import select

from services.identity.store.sessions_queries import list_events, open_sessions
from services.identity.store.tables import PLUMBING
from services.identity.use_cases.end_all_sessions import end_all_sessions
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PHONE, World


class TestEndAllSessions:
    def test_ends_and_logs_each(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        other = world.add("ben@demo.bank")
        for email in ("ada@demo.bank", "ada@demo.bank", "ben@demo.bank"):
            world.sign_in(email)
        caller = Caller(user_id=user.id)
        assert end_all_sessions(world.store, caller=caller, user_id=user.id, device=PHONE, now=NOW) == 2
        with world.store.read() as session:
            assert open_sessions(session, user_id=user.id, now=NOW) == []
            assert len(open_sessions(session, user_id=other.id, now=NOW)) == 1
            kinds = [event.kind for event in list_events(session, user_id=user.id, limit=9, after=None)]
            envelope = (
                session.execute(select(PLUMBING.outbox.c.envelope).order_by(PLUMBING.outbox.c.sequence))
                .scalars()
                .all()[-1]
            )
        assert kinds == ["logout", "logout", "login", "login"]
        assert len(json.loads(envelope)["data"]["session_ids"]) == 2

    def test_says_nothing_when_there_are_none(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = Caller(user_id=user.id)
        assert end_all_sessions(world.store, caller=caller, user_id=user.id, device=PHONE, now=NOW) == 0
