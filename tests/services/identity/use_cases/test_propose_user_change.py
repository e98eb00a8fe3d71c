"""Asking to change what a login may do."""

import pytest
from sqlalchemy import select

from services.identity.domain.user import InvalidRoles, LastAdmin
from services.identity.store.tables import PLUMBING, PendingCommandRow, UserRow
from services.identity.use_cases.propose_user_change import propose_user_change
from shared.contracts.caller import Caller
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, World


def ask(
    world: World, maker: UserRow, subject: UserRow, roles: list[str], *, version: int = 1
) -> UserRow | PendingCommandRow:
    """Ask as an admin."""
    caller = Caller(user_id=maker.id, roles=frozenset({"admin"}))
    with world.store.write() as session:
        return propose_user_change(
            session,
            settings=world.settings,
            caller=caller,
            user_id=subject.id,
            version=version,
            roles=roles,
            status=None,
            now=NOW,
        )


def roles_of(world: World, user: UserRow) -> list[str]:
    """Read what a login may do now."""
    with world.store.read() as session:
        return list(session.get_one(UserRow, user.id).roles)


class TestProposeUserChange:
    def test_waits_when_a_checked_role_is_given(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        waits = ask(world, alma, tess, ["admin"])
        assert isinstance(waits, PendingCommandRow)
        assert (waits.status, roles_of(world, tess)) == ("pending", ["teller"])
        with world.store.read() as session:
            fact = events_after(session, 0, 200)[-1]
            record = session.execute(select(PLUMBING.audit).order_by(PLUMBING.audit.c.sequence)).all()[-1]
        assert fact["type"] == "bank.identity.approval-needed.v1"
        data = fact["data"]
        assert (data["approval_id"], data["made_by"], data["subject_id"]) == (waits.id, alma.id, tess.id)
        assert (data["before"]["roles"], data["after"]["roles"]) == (["teller"], ["admin"])
        assert "@" not in str(data)
        assert (record.command, record.after["approval_id"]) == ("propose-change-roles", waits.id)

    def test_keeps_the_reason_whether_it_waits_or_not(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        caller = Caller(user_id=alma.id, roles=frozenset({"admin"}))
        for roles in (["admin"], ["support"]):
            with world.store.write() as session:
                propose_user_change(
                    session,
                    settings=world.settings,
                    caller=caller,
                    user_id=tess.id,
                    version=1,
                    roles=roles,
                    status=None,
                    now=NOW,
                    reason="She changes her desk",
                )
        with world.store.read() as session:
            records = session.execute(select(PLUMBING.audit).order_by(PLUMBING.audit.c.sequence)).all()
        kept = {record.command for record in records if record.reason == "She changes her desk"}
        assert kept == {"propose-change-roles", "change-user"}

    def test_keeps_the_same_wish_once(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        first, again = ask(world, alma, tess, ["admin"]), ask(world, alma, tess, ["admin"])
        assert first.id == again.id

    def test_does_at_once_what_needs_nobody(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        assert isinstance(ask(world, alma, tess, ["officer"]), UserRow)
        assert roles_of(world, tess) == ["officer"]

    def test_voids_what_waits_when_the_login_is_edited(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        waits = ask(world, alma, tess, ["admin"])
        ask(world, alma, tess, ["officer"])
        with world.store.read() as session:
            assert session.get_one(PendingCommandRow, waits.id).status == "void"
            types = list(session.execute(select(PLUMBING.outbox.c.type)).scalars())
        assert "bank.identity.approval-ended.v1" in types

    def test_checks_every_role_of_staff_in_production(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        world.settings.environment = "production"
        assert isinstance(ask(world, alma, tess, ["support"]), PendingCommandRow)

    def test_gives_nobody_a_role_of_their_own_making(self, world: World) -> None:
        alma, _sam, _tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        assert isinstance(ask(world, alma, alma, ["admin", "teller"]), PendingCommandRow)

    def test_lets_the_first_admin_make_the_second(self, world: World) -> None:
        alma, tess = world.add("alma@demo.bank", "admin"), world.add("tess@demo.bank", "teller")
        assert isinstance(ask(world, alma, tess, ["admin"]), UserRow)
        assert isinstance(ask(world, alma, tess, ["teller"], version=2), PendingCommandRow)

    def test_refuses_before_anybody_waits(self, world: World) -> None:
        alma, _sam, tess = (world.add(f"{name}@demo.bank", role) for name, role in PEOPLE)
        with pytest.raises(LastAdmin):
            ask(world, alma, alma, ["teller"])
        with pytest.raises(InvalidRoles):
            ask(world, alma, tess, ["customer", "admin"])


PEOPLE = (("alma", "admin"), ("sam", "supervisor"), ("tess", "teller"))
