"""Changing what a login may do."""

import pytest
from sqlalchemy import select

from services.identity.domain.user import LastAdmin, UserNotFound
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.tables import PLUMBING, UserRow
from services.identity.use_cases.change_user import change_user
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, World

ALMA = Caller(user_id="alma", roles=frozenset({"admin"}))


def change(world: World, user_id: str, *, version: int = 1, roles: list[str]) -> UserRow:
    with world.store.write() as session:
        return change_user(session, caller=ALMA, user_id=user_id, version=version, roles=roles, status=None, now=NOW)


class TestChangeUser:
    def test_ends_the_sessions_that_carry_the_old_roles(self, world: World) -> None:
        user = world.add("tess@demo.bank", "teller")
        world.sign_in("tess@demo.bank")
        assert change(world, user.id, roles=["officer"]).roles == ["officer"]
        with world.store.read() as session:
            assert open_sessions(session, user_id=user.id, now=NOW) == []
            record = session.execute(select(PLUMBING.audit).order_by(PLUMBING.audit.c.sequence)).all()[-1]
            facts = session.execute(select(PLUMBING.outbox.c.type).order_by(PLUMBING.outbox.c.sequence)).scalars().all()
        assert (record.before["roles"], record.after["roles"]) == (["teller"], ["officer"])
        assert facts[-2:] == ["bank.identity.user-changed.v1", "bank.identity.sessions-ended.v1"]

    def test_says_nothing_when_nothing_differs(self, world: World) -> None:
        user = world.add("tess@demo.bank", "teller")
        assert change(world, user.id, roles=["teller"]).version == 1

    def test_counts_who_else_is_admin(self, world: World) -> None:
        first = world.add("alma@demo.bank", "admin")
        with pytest.raises(LastAdmin):
            change(world, first.id, roles=["teller"])
        world.add("anne@demo.bank", "admin", "auditor")
        assert change(world, first.id, roles=["teller"]).version == 2

    def test_refuses_who_is_not_there(self, world: World) -> None:
        with pytest.raises(UserNotFound):
            change(world, "nobody", roles=["teller"])
