"""The rules of changing a login."""

from dataclasses import replace

import pytest

from services.identity.domain.user import InvalidRoles, LastAdmin, User, UserChangedMeanwhile, change_user

ALMA = User(id="u1", email="a@b.bank", roles=("admin",), branch_id=None, customer_id=None, status="active", version=3)
ADA = replace(ALMA, id="u2", roles=("customer",), customer_id="c1")


def change(user: User, **what: object) -> User:
    asked = {"version": user.version, "roles": None, "status": None, "other_active_admins": 1} | what
    return change_user(user=user, **asked)  # type: ignore[arg-type]


class TestChangeUser:
    def test_gives_the_next_version(self) -> None:
        assert change(ALMA, roles=["teller", "auditor"]) == replace(ALMA, roles=("auditor", "teller"), version=4)

    def test_gives_the_same_user_when_nothing_differs(self) -> None:
        assert change(ALMA, roles=["admin"], status="active") is ALMA

    def test_refuses_an_old_version(self) -> None:
        with pytest.raises(UserChangedMeanwhile):
            change(ALMA, version=2, status="suspended")

    @pytest.mark.parametrize("what", [{"roles": ["teller"]}, {"status": "suspended"}])
    def test_keeps_the_last_admin(self, what: dict[str, object]) -> None:
        with pytest.raises(LastAdmin):
            change(ALMA, other_active_admins=0, **what)

    def test_lets_a_suspended_last_admin_be_demoted(self) -> None:
        assert change(replace(ALMA, status="suspended"), roles=["teller"], other_active_admins=0).roles == ("teller",)

    @pytest.mark.parametrize(
        ("user", "roles"), [(ALMA, []), (ALMA, ["customer"]), (ADA, ["teller"]), (ALMA, ["service"])]
    )
    def test_refuses_roles_that_do_not_go_together(self, user: User, roles: list[str]) -> None:
        with pytest.raises(InvalidRoles):
            change(user, roles=roles)
