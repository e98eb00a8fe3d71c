"""Ending sessions of somebody else."""

import pytest
from sqlalchemy import select

from services.identity.domain.session import SessionNotFound
from services.identity.domain.user import UserNotFound
from services.identity.store.sessions_queries import list_events, open_sessions
from services.identity.store.tables import PLUMBING, RevocationRow, UserRow, table_of
from services.identity.use_cases.end_sessions_of import end_sessions_of
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PHONE, World

OLU = Caller(user_id="olu", roles=frozenset({"officer"}))
ALMA = Caller(user_id="alma", roles=frozenset({"admin"}))


def end(world: World, user: UserRow | str, *, session_id: str | None = None, caller: Caller = OLU) -> list[str]:
    with world.store.write() as session:
        return end_sessions_of(
            session,
            caller=caller,
            user_id=user if isinstance(user, str) else user.id,
            session_id=session_id,
            reason="her phone is gone",
            now=NOW,
        )


def still_open(world: World, user: UserRow) -> list[str]:
    with world.store.read() as session:
        return [row.id for row in open_sessions(session, user_id=user.id, now=NOW)]


@pytest.fixture
def ada(world: World) -> UserRow:
    user = world.add("ada@demo.bank", "customer", customer_id="c1")
    for _ in range(2):
        world.sign_in("ada@demo.bank")
    return user


class TestEndSessionsOf:
    def test_ends_the_one_that_is_named(self, world: World, ada: UserRow) -> None:
        newer, older = still_open(world, ada)
        assert end(world, ada, session_id=older) == [older]
        assert still_open(world, ada) == [newer]

    def test_ends_all_and_says_why_in_the_trail(self, world: World, ada: UserRow) -> None:
        were_open = still_open(world, ada)
        assert end(world, ada) == were_open
        assert still_open(world, ada) == []
        with world.store.read() as session:
            audit = PLUMBING.audit
            kept = session.execute(select(audit).where(audit.c.command == "end-sessions-of-user")).one()
            assert len(session.execute(select(table_of(RevocationRow))).all()) == 2
            events = list_events(session, user_id=ada.id, limit=2, after=None)
        assert (kept.user_id, kept.subject_id, kept.reason) == ("olu", ada.id, "her phone is gone")
        assert kept.after == {"ended_sessions": were_open}
        # The customer reads this log: where the member of staff sits is not in it.
        assert [(one.kind, one.reason, one.address) for one in events] == [
            ("logout", "ended-by-staff", PHONE.address)
        ] * 2

    def test_leaves_a_record_where_nothing_was_open(self, world: World) -> None:
        assert end(world, world.add("ben@demo.bank", "customer", customer_id="c2")) == []

    def test_refuses_a_session_that_is_over_or_somebody_elses(self, world: World, ada: UserRow) -> None:
        ben = world.add("ben@demo.bank", "customer", customer_id="c2")
        world.sign_in("ben@demo.bank")
        over = still_open(world, ada)[0]
        end(world, ada, session_id=over)
        for session_id in (over, still_open(world, ben)[0], "no-such-session"):
            with pytest.raises(SessionNotFound):
                end(world, ada, session_id=session_id)

    def test_leaves_those_of_staff_to_admins(self, world: World) -> None:
        sam = world.add("sam@demo.bank", "supervisor")
        world.sign_in("sam@demo.bank")
        for user in (sam, "nobody"):
            with pytest.raises(UserNotFound):
                end(world, user)
        assert len(end(world, sam, caller=ALMA)) == 1
