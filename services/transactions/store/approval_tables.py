"""Commands of the desk that wait for a second person, word for word."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from services.transactions.store.registry import LedgerTable
from shared.store.types import JsonText, UtcDateTime


class WaitingCommandRow(LedgerTable, table=True):
    """A command that waits, or waited: what was asked for, by whom, about what, and how it ended."""

    __tablename__ = "waiting_commands"
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending', 'approved', 'executed', 'failed', 'rejected', 'expired', 'void')", name="state"
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> made_by", name="two_people"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        Index(None, "subject_id", "state"),
    )

    id: str = Field(primary_key=True)
    command: str
    state: str
    content: Any = Field(sa_type=JsonText)
    made_by: str
    maker_roles: Any = Field(sa_type=JsonText)
    maker_branch_id: str | None = None
    subject_type: str
    subject_id: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    checkers: Any = Field(sa_type=JsonText)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    entry_id: str | None = Field(default=None, unique=True)
    refusal: str | None = None
