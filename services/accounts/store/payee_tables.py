"""The table of whom customers pay."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import UtcDateTime

_THERE = text("removed_at IS NULL")


class PayeeRow(AccountsTable, table=True):
    """A payee of a customer; one that was removed stays, so that it can be put back."""

    __tablename__ = "payees"
    __table_args__ = (
        CheckConstraint("name_check IN ('match', 'close', 'none', 'unavailable')", name="name_check"),
        Index(
            "uq_payees_number",
            "customer_id",
            "account_number",
            unique=True,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        ),
    )

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", index=True)
    account_number: str
    account_id: str | None = None
    """The account of this bank that has the number; None: another bank's, or nobody's."""
    name: str
    """Whom the customer believes to pay, as it was compared with the owners' names."""
    nickname: str | None = None
    name_check: str
    suggestion: str | None = None
    """The owner's name, kept only where it was shown: for a close match."""
    added_at: datetime = Field(sa_type=UtcDateTime)
    cooling_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
