"""A second pair of eyes on money: which commands of the desk need one, from which amount on, and who may be it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.contracts.caller import Caller

PENDING = "pending"
APPROVED = "approved"
EXECUTED = "executed"
FAILED = "failed"
VOID = "void"
OPEN_STATES = (PENDING, APPROVED)
"""A command in one of these may still come about; all other states are ends."""

CASH_DESK = ("teller", "officer", "supervisor")
REVERSERS = ("officer", "supervisor")


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """From which amount (minor units) on a command of these roles waits for a checker, and for how many hours."""

    from_minor: int
    makers: tuple[str, ...] = CASH_DESK
    checkers: tuple[str, ...] = ("officer", "supervisor")
    hours: int = 72

    def asks(self, caller: Caller, amount_minor: int) -> bool:
        """Tell whether a command of this caller and amount needs a second person."""
        return amount_minor >= self.from_minor and caller.has(*self.makers)


@dataclass(frozen=True, slots=True)
class WaitingCommand:
    """A command as it was asked for, frozen until a second person has decided. Amounts in minor units."""

    id: str
    command: str
    state: str
    content: dict[str, Any]
    made_by: str
    maker_roles: list[str]
    maker_branch_id: str | None
    subject_type: str
    subject_id: str
    amount_minor: int
    currency: str
    checkers: list[str]
    made_at: datetime
    expires_at: datetime
    decided_by: str | None = None
    entry_id: str | None = None
    refusal: str | None = None

    @property
    def maker(self) -> Caller:
        """Give who asked for it, as they were then."""
        return Caller(user_id=self.made_by, roles=frozenset(self.maker_roles), branch_id=self.maker_branch_id or None)


def rules_from(amount_minor: int) -> dict[str, ApprovalRule]:
    """Give the rules of a bank that lets a second person look from one amount on, whatever the command."""
    return {
        "deposit": ApprovalRule(amount_minor),
        "withdrawal": ApprovalRule(amount_minor),
        "reversal": ApprovalRule(amount_minor, makers=REVERSERS),
    }
