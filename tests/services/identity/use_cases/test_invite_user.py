"""Inviting staff, and the first admin."""

import pytest
from sqlalchemy import select

from services.identity.domain.session import InvalidCredentials
from services.identity.domain.user import AdminExists, EmailTaken, InvalidRoles
from services.identity.store.tables import PLUMBING, PendingCommandRow, UserRow
from services.identity.store.users_queries import user_row_by_email
from services.identity.use_cases.execute_approved import execute_approved
from services.identity.use_cases.invite_user import (
    SEND_INVITATION,
    create_first_admin,
    invite_user,
    send_invitation,
    write_invitation,
)
from services.identity.use_cases.reset_password import reset_password
from shared.contracts.caller import Caller
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World

ALMA = Caller(user_id="alma", roles=frozenset({"admin"}), session_id="s1")


def send(world: World, caller: Caller, *roles: str) -> UserRow | PendingCommandRow:
    invitation = write_invitation(world.desk, email="New@demo.bank", roles=roles, branch_id="main")
    with world.store.write() as session:
        return invite_user(session, desk=world.desk, caller=caller, invitation=invitation, now=NOW)


def invite(world: World, *roles: str) -> None:
    send(world, ALMA, *roles)


class TestInviteUser:
    def test_lets_in_only_with_a_password_that_the_invited_chose(self, world: World) -> None:
        invite(world, "teller", "support")
        with pytest.raises(InvalidCredentials):
            world.sign_in("new@demo.bank")
        code = world.mailer.code()
        reset_password(world.desk, email="new@demo.bank", code=code, new_password=PASSWORD, device=PHONE, now=NOW)
        world.sign_in("new@demo.bank")
        with pytest.raises(EmailTaken):
            invite(world, "teller")

    @pytest.mark.parametrize("roles", [("customer",), (), ("teller", "customer"), ("root",)])
    def test_refuses_roles_that_are_not_for_staff(self, world: World, roles: tuple[str, ...]) -> None:
        with pytest.raises(InvalidRoles):
            invite(world, *roles)


class TestInvitationToACheckedRole:
    def test_makes_no_login_before_somebody_else_approved(self, world: World) -> None:
        alma, sam = world.add("alma@demo.bank", "admin"), world.add("sam@demo.bank", "supervisor")
        first, again = (ask(world, alma), ask(world, alma))
        assert (first.id, first.status) == (again.id, "pending")
        with world.store.read() as session:
            assert user_row_by_email(session, "new@demo.bank") is None
            fact = events_after(session, 0, 200)[-1]
        assert fact["data"]["after"] == {"roles": ["admin"], "branch_id": "main"}
        assert "new@" not in str(fact)
        for _ in range(2):
            with world.store.write() as session:
                execute_approved(session, approval_id=first.id, decided_by=sam.id, now=NOW)
        with world.store.read() as session:
            row = user_row_by_email(session, "new@demo.bank")
            [job] = session.execute(select(PLUMBING.jobs)).all()
            ended = session.get_one(PendingCommandRow, first.id)
        assert row is not None
        assert (job.kind, job.payload["user_id"]) == (SEND_INVITATION, row.id)
        assert (ended.status, ended.outcome, "email" in ended.frozen) == ("executed", {"id": row.id}, False)
        send_invitation(world.store, keys=world.keys, mailer=world.mailer, user_id=row.id, now=NOW)
        code = world.mailer.code()
        reset_password(world.desk, email="new@demo.bank", code=code, new_password=PASSWORD, device=PHONE, now=NOW)
        assert world.sign_in("new@demo.bank").access_token

    def test_ends_when_the_address_was_taken_meanwhile(self, world: World) -> None:
        alma, sam = world.add("alma@demo.bank", "admin"), world.add("sam@demo.bank", "supervisor")
        waits = ask(world, alma)
        world.add("new@demo.bank", "teller")
        with pytest.raises(EmailTaken):
            ask(world, alma)
        with world.store.write() as session:
            execute_approved(session, approval_id=waits.id, decided_by=sam.id, now=NOW)
            assert session.get_one(PendingCommandRow, waits.id).outcome == {"code": "identity.email-taken"}


def ask(world: World, maker: UserRow) -> PendingCommandRow:
    """Invite an admin, as one."""
    caller = Caller(user_id=maker.id, roles=frozenset({"admin"}))
    asked = send(world, caller, "admin")
    assert isinstance(asked, PendingCommandRow)
    return asked


class TestCreateFirstAdmin:
    def test_works_once(self, world: World) -> None:
        def create(email: str) -> None:
            create_first_admin(
                world.store, hashes=world.hashes, settings=world.settings, email=email, password=PASSWORD, now=NOW
            )

        create("first@demo.bank")
        world.sign_in("first@demo.bank")
        with pytest.raises(AdminExists):
            create("second@demo.bank")
