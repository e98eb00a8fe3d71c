"""The tables of what waits for a second person, and of the rules that say what does."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import JsonText, UtcDateTime


class ApprovalRuleRow(AccountsTable, table=True):
    """Which command of accounts needs a second person, above which amount, and who that may be."""

    __tablename__ = "approval_rules"

    command: str = Field(primary_key=True)
    above_minor: int | None = Field(default=None, sa_type=BigInteger)
    """The highest amount in minor units that one person may do alone; None: none."""
    checkers: list[str] = Field(sa_type=JsonText)
    hours: int
    active: bool = True


class ApprovalRow(AccountsTable, table=True):
    """A request that waits, or waited, for a second person: of this service (with its command) or of another one."""

    __tablename__ = "approvals"
    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'approved', 'rejected', 'expired', 'void', 'executed', 'failed')", name="status"
        ),
        CheckConstraint("(service = 'accounts') = (frozen IS NOT NULL)", name="own_is_frozen"),
        CheckConstraint("decided_by IS NULL OR decided_by != made_by", name="two_people"),
        Index(None, "status", "id"),
        Index(None, "subject_type", "subject_id"),
    )

    id: str = Field(primary_key=True)
    service: str
    command: str
    status: str = "pending"
    made_by: str
    branch_id: str | None = None
    subject_type: str
    subject_id: str
    subject_version: int | None = None
    before: dict[str, Any] = Field(sa_type=JsonText)
    after: dict[str, Any] = Field(sa_type=JsonText)
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    reason: str | None = None
    checkers: list[str] = Field(sa_type=JsonText)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str | None = None
    outcome: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """What its execution gave: an id, or the code of the refusal."""
    frozen: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """The command as it was asked for, and by whom, word for word; other services keep their own."""
