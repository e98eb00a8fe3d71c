"""A login: who it is, what they may do, and the rules of changing that."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from shared.contracts.caller import STAFF_ROLES
from shared.errors import Conflict, Invalid, NotFound, PreconditionFailed

UserStatus = Literal["active", "suspended"]


class UserNotFound(NotFound):
    """No such login, or not one that the caller may see."""

    code = "identity.user-not-found"
    title = "User not found"
    next_step = "List the users again; the id may be mistyped."


CUSTOMER_ROLES = frozenset({"customer", "former-customer"})
FORMER = "former-customer"
_OVERSEERS = frozenset({"auditor", "admin"})


class LastAdmin(Conflict):
    """Somebody must be left who can give roles."""

    code = "identity.last-admin"
    title = "The last admin stays"
    next_step = "Make somebody else an admin first."


class InvalidRoles(Invalid):
    """These roles do not go together, or not with this login."""

    code = "identity.invalid-roles"
    title = "Roles not possible"
    next_step = "Choose roles that go together; the detail says which do not."


class UserChangedMeanwhile(PreconditionFailed):
    """The version that the caller saw is not the newest."""

    code = "request.version-mismatch"  # the same at every service
    title = "Somebody else changed this first"
    next_step = "Read the object again and repeat your change on its newest version."


LAPSED = "@lapsed.invalid"


def lapsed_email(user_id: str) -> str:
    """Give what stands in the place of an address that was never confirmed: nobody can have it, each once."""
    return f"{user_id}{LAPSED}"


class EmailTaken(Conflict):
    """Another login has this address."""

    code = "identity.email-taken"
    title = "E-mail address taken"
    next_step = "Use another e-mail address, or sign in with this one."


class CustomerHasLogin(Conflict):
    """The customer has a login under another address."""

    code = "identity.customer-has-login"
    title = "Customer has a login"
    next_step = "Sign in with the address that the customer registered with."


class AdminExists(Conflict):
    """The first admin is made once."""

    code = "identity.admin-exists"
    title = "There is an admin already"
    next_step = "Sign in as that admin and invite others."


@dataclass(frozen=True, slots=True)
class User:
    """A login as the rules see it: without its password."""

    id: str
    email: str
    roles: tuple[str, ...]
    branch_id: str | None
    customer_id: str | None
    status: UserStatus
    version: int


def change_user(
    *, user: User, version: int, roles: Collection[str] | None, status: UserStatus | None, other_active_admins: int
) -> User:
    """Give the login as it is after an admin changed its roles or status; the same login if nothing differs.

    :raises UserChangedMeanwhile: if the admin saw another version
    :raises InvalidRoles: if no role is left, or `customer` is given to who is none or taken from who is one
    :raises LastAdmin: if nobody active would be left who can give roles
    """
    if version != user.version:
        raise UserChangedMeanwhile("Somebody changed this user first; read it again.", current_version=user.version)
    new_roles = tuple(sorted(set(roles))) if roles is not None else user.roles
    new_status = status or user.status
    if not new_roles:
        raise InvalidRoles("A user has at least one role; suspend who shall have none.")
    if (FORMER in user.roles) != (FORMER in new_roles):
        raise InvalidRoles("Only an account that is opened or reopened makes a former customer a customer again.")
    if (not CUSTOMER_ROLES.isdisjoint(new_roles)) != (user.customer_id is not None):
        raise InvalidRoles("The role customer belongs to the logins of customers, and to no other.")
    if not set(new_roles) <= STAFF_ROLES | CUSTOMER_ROLES:
        raise InvalidRoles("There is no such role for a person.")
    was_admin = "admin" in user.roles and user.status == "active"
    is_admin = "admin" in new_roles and new_status == "active"
    if was_admin and not is_admin and other_active_admins == 0:
        raise LastAdmin("This is the last active admin; make another one first.")
    if new_roles == tuple(sorted(user.roles)) and new_status == user.status:
        return user
    return User(
        id=user.id,
        email=user.email,
        roles=new_roles,
        branch_id=user.branch_id,
        customer_id=user.customer_id,
        status=new_status,
        version=user.version + 1,
    )


def check_desk(*, user: User, roles: Collection[str]) -> None:
    """Check that who holds these roles may see where this login is signed in, and end that: only some may, of staff.

    :raises UserNotFound: if not
    """
    if STAFF_ROLES.isdisjoint(user.roles) or not _OVERSEERS.isdisjoint(roles):
        return
    raise UserNotFound("There is no such user.")


def check_staff_roles(roles: Collection[str]) -> tuple[str, ...]:
    """Give the roles of a new member of staff, sorted and each once.

    :raises InvalidRoles: if there is none, or one that is not for staff
    """
    wanted = tuple(sorted(set(roles)))
    if not wanted or not set(wanted) <= STAFF_ROLES:
        raise InvalidRoles("Members of staff have at least one role, and only roles of staff.")
    return wanted
