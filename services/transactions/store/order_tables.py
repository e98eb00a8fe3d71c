"""The tables of standing orders and of statements. API and worker write them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from services.transactions.store.registry import LedgerTable
from shared.store.types import JsonText, UtcDateTime


class StandingOrderRow(LedgerTable, table=True):
    """A transfer that repeats, or one for a later day (`once`); amounts in minor units."""

    __tablename__ = "standing_orders"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("status IN ('active', 'paused', 'ended', 'cancelled')", name="status"),
        CheckConstraint("calendar_rule IN ('none', 'following', 'preceding', 'modified-following')", name="rule"),
        Index(None, "account_id", "id"),
        Index(None, "status", "next_due_on"),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="ledger_accounts.id")
    customer_id: str
    to_account_number: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    description: str
    rhythm: str
    start_on: date = Field(sa_type=Date)
    end_on: date | None = Field(default=None, sa_type=Date)
    calendar_rule: str
    retries: int = Field(sa_type=BigInteger)
    status: str
    next_number: int = Field(sa_type=BigInteger)
    next_due_on: date | None = Field(default=None, sa_type=Date)
    version: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class OrderOccurrenceRow(LedgerTable, table=True):
    """One occurrence of an order: it comes about once, in at most 1 + retries tries, each under a key of its own."""

    __tablename__ = "order_occurrences"
    __table_args__ = (
        CheckConstraint("state IN ('due', 'booked', 'failed', 'skipped')", name="state"),
        Index(None, "state", "next_try_on"),
    )

    order_id: str = Field(primary_key=True, foreign_key="standing_orders.id")
    nominal_on: date = Field(primary_key=True, sa_type=Date)
    due_on: date = Field(sa_type=Date)
    state: str
    tries: int = Field(sa_type=BigInteger)
    next_try_on: date = Field(sa_type=Date)
    entry_id: str | None = None
    refusal: str | None = None
    tried_on: date | None = Field(default=None, sa_type=Date)


class StatementRequestRow(LedgerTable, table=True):
    """A statement that is to be made; the statement has the same id. `to_day` is exclusive."""

    __tablename__ = "statement_requests"
    __table_args__ = (
        CheckConstraint("kind IN ('periodic', 'on-demand')", name="kind"),
        CheckConstraint("from_day < to_day", name="days"),
        Index(None, "account_id", "id"),
        Index(None, "state", "id"),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="ledger_accounts.id")
    kind: str
    from_day: date = Field(sa_type=Date)
    to_day: date = Field(sa_type=Date)
    requested_by: str
    state: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementPrintRow(LedgerTable, table=True):
    """A statement as PDF, set once by the worker."""

    __tablename__ = "statement_prints"

    statement_id: str = Field(primary_key=True, foreign_key="statements.id")
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementRow(LedgerTable, table=True):
    """A statement as it was made, with everything that is on it; never changed. Amounts in minor units."""

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint("account_id", "number", name="uq_statements_number"),
        CheckConstraint("opening_minor + credits_minor - debits_minor = closing_minor", name="sums"),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="ledger_accounts.id")
    kind: str
    number: str
    from_day: date = Field(sa_type=Date)
    to_day: date = Field(sa_type=Date)
    currency: str
    opening_minor: int = Field(sa_type=BigInteger)
    credits_minor: int = Field(sa_type=BigInteger)
    debits_minor: int = Field(sa_type=BigInteger)
    closing_minor: int = Field(sa_type=BigInteger)
    row_count: int = Field(sa_type=BigInteger)
    content: Any = Field(sa_type=JsonText)
    sha256: str
    created_at: datetime = Field(sa_type=UtcDateTime)
