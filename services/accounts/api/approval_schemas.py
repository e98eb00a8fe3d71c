"""The shapes of requests that wait for a second person."""

from typing import Any

from services.accounts.api.fields import Note
from services.accounts.domain.approval import changes_of
from services.accounts.store.tables import ApprovalRow
from shared.web.schemas import Answer, ListAnswer, Moment, StrictModel


class WaitingApproval(Answer):
    """What waits: nothing was done yet."""

    id: str
    status: str
    expires_at: Moment


class WaitingAnswer(Answer):
    """The answer to a command that needs a second person."""

    approval: WaitingApproval


class DecisionRequest(StrictModel):
    """Why, if there is something to say."""

    note: Note | None = None


class ChangeAnswer(Answer):
    """One field, before and after."""

    field: str
    before: Any
    after: Any


class ApprovalAnswer(Answer):
    """A request: what it would change, who made it, who may decide it, and what became of it."""

    id: str
    service: str
    command: str
    status: str
    made_by: str
    made_at: Moment
    expires_at: Moment
    branch_id: str | None
    subject_type: str
    subject_id: str
    changes: list[ChangeAnswer]
    amount_minor: int | None
    currency: str | None
    reason: str | None
    checkers: list[str]
    decided_by: str | None
    decided_at: Moment | None
    note: str | None
    outcome: dict[str, Any] | None

    @classmethod
    def of(cls, row: ApprovalRow) -> "ApprovalAnswer":
        """Give a request in the form the API shows."""
        changes = [
            ChangeAnswer(field=one.field, before=one.before, after=one.after)
            for one in changes_of(before=row.before, after=row.after)
        ]
        return cls(**row.model_dump(exclude={"before", "after", "frozen", "subject_version"}), changes=changes)


class ApprovalList(ListAnswer[ApprovalAnswer]):
    """A page of requests, oldest first."""


class RuleAnswer(Answer):
    """Which command needs a second person, above which amount (null: always), and who that may be.

    `roles`: it is asked for about these roles only.
    """

    service: str = "accounts"
    command: str
    above_minor: int | None
    checkers: list[str]
    hours: int
    active: bool
    roles: list[str] | None = None


class RuleList(ListAnswer[RuleAnswer]):
    """The rules."""


def waiting(row: ApprovalRow) -> WaitingAnswer:
    """Give the 202 of a command that waits."""
    return WaitingAnswer(approval=WaitingApproval(id=row.id, status=row.status, expires_at=row.expires_at))
