"""A second pair of eyes: what needs one, who may be it, and when a request is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from shared.contracts.caller import Caller
from shared.errors import Conflict, Forbidden, NotFound


class ApprovalStatus(StrEnum):
    """`approved` becomes `executed` or `failed`; `void`: what it was about was changed meanwhile."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    VOID = "void"
    EXECUTED = "executed"
    FAILED = "failed"


class ApprovalNotFound(NotFound):
    """Missing, or not the caller's to see."""

    code = "accounts.approval-not-found"
    title = "No such request for approval"
    next_step = "Choose one of the requests that GET /api/v1/approvals lists."


class ApprovalDecided(Conflict):
    """Somebody was faster, time ran out, or what it is about was changed."""

    code = "accounts.approval-decided"
    title = "The request no longer waits for an approval"
    next_step = "Look at the request's status; what it asked for can be asked for again."


class OwnRequest(Forbidden):
    """Nobody approves their own request, not even an admin."""

    code = "accounts.own-request"
    title = "Nobody decides their own request"
    next_step = "Ask another person who may decide it; checkers names the roles."


class NotAChecker(Forbidden):
    """The rule names other roles."""

    code = "accounts.not-a-checker"
    title = "Your role does not decide this request"
    next_step = "Ask somebody with one of the roles that checkers names."


class NotTheMaker(Forbidden):
    """Only who made a request takes it back."""

    code = "accounts.not-the-maker"
    title = "The request is somebody else's"
    next_step = "Reject the request instead, if your role may decide it."


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Who may check a command, from which amount on it needs that (None: always), and for how many hours it waits."""

    command: str
    checkers: tuple[str, ...]
    above_minor: int | None = None
    hours: int = 72

    def asks(self, amount_minor: int | None) -> bool:
        """Tell whether a command of this amount (None: it has none) needs a second person."""
        return self.above_minor is None or amount_minor is None or amount_minor > self.above_minor


_SENIORS = ("supervisor", "admin")
RULES: tuple[ApprovalRule, ...] = (
    ApprovalRule("set-rate", _SENIORS),
    ApprovalRule("withdraw-rate", _SENIORS),
    ApprovalRule("create-product", _SENIORS),
    ApprovalRule("change-product", _SENIORS),
    ApprovalRule("raise-limits", ("officer", "supervisor")),
    ApprovalRule("close-account", ("officer", "supervisor"), above_minor=4_999_999),
)
"""What the bank starts with; the table is what counts."""


class Change(NamedTuple):
    """One field, before and after."""

    field: str
    before: Any
    after: Any


def changes_of(*, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what would be another value, by field; what stands on one side only is None on the other."""
    names = sorted({*before, *after})
    return [Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def require_decidable(*, status: str, expires_at: datetime, at: datetime) -> None:
    """Refuse to decide what is decided, or over.

    :raises ApprovalDecided: with the request's status
    """
    if status != ApprovalStatus.PENDING:
        raise ApprovalDecided(approval_status=status)
    if expires_at <= at:
        raise ApprovalDecided(approval_status=ApprovalStatus.EXPIRED.value)


def require_checker(*, caller: Caller, made_by: str, checkers: list[str]) -> None:
    """Refuse who made the request, and who has none of the roles that the rule names.

    :raises OwnRequest, NotAChecker: accordingly
    """
    if caller.user_id == made_by:
        raise OwnRequest(checkers=checkers)
    if not caller.has(*checkers):
        raise NotAChecker(checkers=checkers)
