"""Which changes of roles need a second person, and who that may be."""

from collections.abc import Collection

from shared.errors import Forbidden

CHECKERS = ("supervisor", "admin")
"""The roles that decide about roles."""


class OwnRoles(Forbidden):
    """Nobody decides what they asked for, or what they themself gain."""

    code = "identity.own-roles"
    title = "Nobody decides about their own roles"
    next_step = "Ask for the change again and let another supervisor or admin decide it."


class NotAChecker(Forbidden):
    """Who decided holds none of the roles that may, or not any more."""

    code = "identity.not-a-checker"
    title = "This decision was not theirs"
    next_step = "Ask for the change again and let an active supervisor or admin decide it."


def needs_checker(*, before: Collection[str], after: Collection[str], own: bool, checked: Collection[str]) -> bool:
    """Tell whether a second person must look: a checked role comes or goes, or somebody gives themself any role."""
    changed = set(before) ^ set(after)
    return bool(changed & set(checked)) or (own and not set(after) <= set(before))


def check_decider(*, decided_by: str | None, made_by: str, subject_id: str, roles: Collection[str]) -> None:
    """Refuse a decision of who asked, of who gains, and of who may not decide; `roles` are those of an active login.

    :raises OwnRoles, NotAChecker: accordingly
    """
    if decided_by in (None, made_by, subject_id):
        raise OwnRoles
    if not set(roles) & set(CHECKERS):
        raise NotAChecker
