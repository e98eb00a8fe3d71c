"""Requests for approval: reading and writing them, inside the transaction of a use case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from services.accounts.domain.approval import ApprovalNotFound, ApprovalRule, ApprovalStatus
from services.accounts.store.tables import ApprovalRow, ApprovalRuleRow
from shared.contracts.caller import Caller
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class Proposal:
    """A command of this service that waits: its arguments word for word, and what it would change."""

    command: str
    arguments: dict[str, Any]
    subject_type: str
    subject_id: str
    subject_version: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    amount_minor: int | None = None
    currency: str | None = None
    reason: str | None = None


def rule_for(session: Session, command: str, *, amount_minor: int | None) -> ApprovalRule | None:
    """Give the rule by which a command of this amount needs a second person; None if it needs none."""
    row = session.get(ApprovalRuleRow, command)
    if row is None or not row.active:
        return None
    rule = ApprovalRule(row.command, tuple(row.checkers), row.above_minor, row.hours)
    return rule if rule.asks(amount_minor) else None


def add_proposal(
    session: Session, proposal: Proposal, *, rule: ApprovalRule, caller: Caller, at: datetime
) -> ApprovalRow:
    """Write a request of this service with its frozen command."""
    maker = {"user_id": caller.user_id, "roles": sorted(caller.roles), "branch_id": caller.branch_id}
    row = ApprovalRow(
        id=new_id(),
        service="accounts",
        command=proposal.command,
        made_by=str(caller.user_id),
        branch_id=caller.branch_id,
        subject_type=proposal.subject_type,
        subject_id=proposal.subject_id,
        subject_version=proposal.subject_version,
        before=proposal.before,
        after=proposal.after,
        amount_minor=proposal.amount_minor,
        currency=proposal.currency,
        reason=proposal.reason,
        checkers=list(rule.checkers),
        made_at=at,
        expires_at=at + timedelta(hours=rule.hours),
        frozen={"arguments": proposal.arguments, "maker": maker},
    )
    session.add(row)
    session.flush()
    return row


def approval_row(session: Session, approval_id: str, *, for_update: bool = False) -> ApprovalRow:
    """Give a request; `for_update`: nobody else decides it until the transaction ends.

    :raises ApprovalNotFound: if there is none
    """
    row = session.get(ApprovalRow, approval_id, with_for_update=True if for_update else None)
    if row is None:
        raise ApprovalNotFound
    return row


def list_approvals(
    session: Session, *, caller: Caller, status: str | None, after: str | None, limit: int
) -> Sequence[ApprovalRow]:
    """List requests, the oldest first: all to those who decide or audit, to others those they made."""
    query = select(ApprovalRow).where(ApprovalRow.id > (after or ""))
    if not caller.has("officer", "supervisor", "admin", "auditor"):
        query = query.where(ApprovalRow.made_by == str(caller.user_id))
    if status is not None:
        query = query.where(ApprovalRow.status == status)
    return session.exec(query.order_by(col(ApprovalRow.id)).limit(limit)).all()


def pending_of(session: Session, subject_type: str, subject_id: str) -> Sequence[ApprovalRow]:
    """List the requests about an object that wait, or were approved and not executed yet.

    Once approved, a command of another service is that service's: whether it came before the edit is for it to say.
    """
    query = select(ApprovalRow).where(
        ApprovalRow.subject_type == subject_type,
        ApprovalRow.subject_id == subject_id,
        or_(
            ApprovalRow.status == ApprovalStatus.PENDING,
            and_(ApprovalRow.status == ApprovalStatus.APPROVED, ApprovalRow.service == "accounts"),
        ),
    )
    return session.exec(query.order_by(col(ApprovalRow.id)).with_for_update()).all()


def overdue(session: Session, *, at: datetime, limit: int) -> Sequence[ApprovalRow]:
    """List requests that waited too long."""
    query = select(ApprovalRow).where(ApprovalRow.status == ApprovalStatus.PENDING, ApprovalRow.expires_at <= at)
    return session.exec(query.order_by(col(ApprovalRow.id)).limit(limit).with_for_update(skip_locked=True)).all()
