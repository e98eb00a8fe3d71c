"""What the ledger knows of customers' payees: its own copy of their lists, and what new ones got."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from services.transactions.store.registry import LedgerTable
from shared.store.types import UtcDateTime


class ListedPayeeRow(LedgerTable, table=True):
    """An account on a customer's list of payees, as `accounts` told; one that was removed stays, marked."""

    __tablename__ = "listed_payees"

    customer_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    cooling_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed: bool = False


class NewPayeeUsageRow(LedgerTable, table=True):
    """What a customer sent an account on a business date while it was new to them, in minor units."""

    __tablename__ = "new_payee_usage"
    __table_args__ = (CheckConstraint("used_minor >= 0", name="used_minor"),)

    customer_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    business_date: date
    used_minor: int = Field(sa_type=BigInteger)
