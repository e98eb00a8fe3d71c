"""What a service tells `accounts` of its own commands that wait for a second person: one shape, a type per publisher.

The service keeps the command itself, frozen, in a row written with `ApprovalNeeded`. It executes it once when it hears
`ApprovalDecided`, under the approval's id as the key, and says how that ended.
"""

from typing import Any, Literal

from shared.contracts.envelope import Fact


class NeededApproval(Fact):
    """A command waits for a second person. `before` and `after` hold ids, amounts, states and roles."""

    approval_id: str
    command: str
    made_by: str
    """The login that asked."""
    subject_type: str
    subject_id: str
    branch_id: str | None = None
    before: dict[str, Any]
    after: dict[str, Any]
    amount_minor: int | None = None
    currency: str | None = None
    reason: str | None = None
    checkers: list[str]
    """The roles that may decide it."""
    made_at: str
    expires_at: str
    """By the bank's clock, as RFC 3339."""


class EndedApproval(Fact):
    """What became of a command: executed, refused, or void since what it is about was changed."""

    approval_id: str
    status: Literal["executed", "failed", "void"]
    outcome: dict[str, Any]
    """`{"id": …}` of what it made, or `{"code": …}` of the refusal."""
