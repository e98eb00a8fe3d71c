"""Inviting staff, and the first admin."""

import pytest

from services.identity.domain.session import InvalidCredentials
from services.identity.domain.user import AdminExists, EmailTaken, InvalidRoles
from services.identity.use_cases.invite_user import create_first_admin, invite_user
from services.identity.use_cases.reset_password import reset_password
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World

ALMA = Caller(user_id="alma", roles=frozenset({"admin"}), session_id="s1")


def invite(world: World, *roles: str) -> None:
    invite_user(world.desk, caller=ALMA, email="New@demo.bank", roles=roles, branch_id="main", now=NOW)


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
