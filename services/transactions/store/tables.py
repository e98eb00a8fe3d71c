"""The ledger's tables; entries and postings are append-only. Only the writer writes them, except reconciliations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from services.transactions.store.approval_tables import WaitingCommandRow
from services.transactions.store.confirmation_tables import ConfirmedPayeeRow
from services.transactions.store.day_tables import EndOfDayRow
from services.transactions.store.order_tables import StandingOrderRow
from services.transactions.store.payee_tables import ListedPayeeRow, NewPayeeUsageRow
from services.transactions.store.registry import REGISTRY, LedgerTable
from shared.store.plumbing import add_plumbing
from shared.store.types import JsonText, UtcDateTime

_HELD = "status = 'held'"


class LedgerAccountRow(LedgerTable, table=True):
    """One ledger account with its contract and its balances, in minor units."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        CheckConstraint("normal IN ('debit', 'credit')", name="normal"),
        CheckConstraint("held_minor >= 0", name="held_minor"),
        CheckConstraint("abs(booked_minor) <= 9007199254740991", name="booked_minor"),
    )

    id: str = Field(primary_key=True)
    kind: str
    currency: str
    normal: str
    account_number: str | None = Field(default=None, unique=True)
    holder_name: str
    owners: Any = Field(sa_type=JsonText)
    mandate: str
    product: str
    branch_id: str
    min_balance_minor: int = Field(sa_type=BigInteger)
    overdraft_limit_minor: int = Field(sa_type=BigInteger)
    limits: Any = Field(sa_type=JsonText)
    customer_may_deposit: bool
    waived_fees: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    status: str
    freeze: str
    contract_version: int = Field(sa_type=BigInteger)
    booked_minor: int = Field(sa_type=BigInteger)
    held_minor: int = Field(sa_type=BigInteger)
    usage_day: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    day_debited_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    day_debits: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    month_debited_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})


class OwnerRow(LedgerTable, table=True):
    """Who owns which account, so that a customer's accounts are found without reading all."""

    __tablename__ = "ledger_account_owners"

    customer_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")


class JournalEntryRow(LedgerTable, table=True):
    """One journal entry; `hash` covers its content, its postings and the hash of the entry before."""

    __tablename__ = "journal_entries"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount_minor"),)

    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    id: str = Field(unique=True)
    type: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    payer_account_id: str
    payee_account_id: str
    description: str
    booked_at: datetime = Field(sa_type=UtcDateTime)
    value_date: date = Field(sa_type=Date)
    business_date: date = Field(sa_type=Date)
    reverses: str | None = Field(default=None, unique=True)
    hash: str


class PostingRow(LedgerTable, table=True):
    """One leg of an entry with the balance it left."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("direction IN ('debit', 'credit')", name="direction"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        Index(None, "account_id", "entry_sequence", unique=True),
    )

    entry_sequence: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="journal_entries.sequence")
    leg: int = Field(primary_key=True, sa_type=BigInteger)
    account_id: str = Field(foreign_key="ledger_accounts.id")
    direction: str
    amount_minor: int = Field(sa_type=BigInteger)
    balance_after_minor: int = Field(sa_type=BigInteger)


class HoldRow(LedgerTable, table=True):
    """Money set aside; what is open of it is part of the account's held_minor."""

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("captured_minor >= 0 AND released_minor >= 0", name="parts"),
        CheckConstraint("captured_minor + released_minor <= amount_minor", name="sum"),
        CheckConstraint("status IN ('held', 'captured', 'released', 'expired')", name="status"),
        Index(None, "account_id", "id"),
        Index(None, "status", "expires_at"),
        Index("ix_holds_held", "account_id", "id", sqlite_where=text(_HELD), postgresql_where=text(_HELD)),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="ledger_accounts.id")
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    status: str
    captured_minor: int = Field(sa_type=BigInteger)
    released_minor: int = Field(sa_type=BigInteger)
    to_account_number: str | None = None
    description: str
    business_date: date | None = Field(default=None, sa_type=Date)


class EndOfDayBalanceRow(LedgerTable, table=True):
    """What was booked on an account at the end of a business date on which it moved; append-only."""

    __tablename__ = "end_of_day_balances"

    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    business_date: date = Field(primary_key=True, sa_type=Date)
    booked_minor: int = Field(sa_type=BigInteger)


class BusinessDateRow(LedgerTable, table=True):
    """The day that entries are booked on; one row."""

    __tablename__ = "business_date"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    business_date: date = Field(sa_type=Date)
    state: str = Field(sa_type=Text)


class ReconciliationRow(LedgerTable, table=True):
    """One statement of another bank, compared with one account of ours. Written by the API process."""

    __tablename__ = "reconciliations"
    __table_args__ = (UniqueConstraint("account_id", "file_sha256", name="uq_reconciliations_file"),)

    id: str = Field(primary_key=True)
    account_id: str
    currency: str
    file_format: str
    file_sha256: str
    file_name: str
    from_day: date = Field(sa_type=Date)
    to_day: date = Field(sa_type=Date)
    first_sequence: int = Field(sa_type=BigInteger)
    end_sequence: int = Field(sa_type=BigInteger)
    window_days: int = Field(sa_type=BigInteger)
    line_count: int = Field(sa_type=BigInteger)
    skipped: int = Field(sa_type=BigInteger)
    opening_minor: int | None = Field(default=None, sa_type=BigInteger)
    closing_minor: int | None = Field(default=None, sa_type=BigInteger)
    ledger_closing_minor: int = Field(sa_type=BigInteger)
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class ReconciliationLineRow(LedgerTable, table=True):
    """One line of a statement as the bank's file said it."""

    __tablename__ = "reconciliation_lines"
    __table_args__ = (
        CheckConstraint("direction IN ('debit', 'credit')", name="direction"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
    )

    reconciliation_id: str = Field(primary_key=True, foreign_key="reconciliations.id")
    line: int = Field(primary_key=True, sa_type=BigInteger)
    direction: str
    amount_minor: int = Field(sa_type=BigInteger)
    booking_date: date = Field(sa_type=Date)
    value_date: date = Field(sa_type=Date)
    reference: str
    description: str


class ReconciliationMatchRow(LedgerTable, table=True):
    """Which posting a line is: a line has one, and a posting has one line."""

    __tablename__ = "reconciliation_matches"
    __table_args__ = (
        CheckConstraint("rule IN ('transaction-id', 'text', 'amount-and-day', 'manual')", name="rule"),
        ForeignKeyConstraint(
            ["reconciliation_id", "line"],
            ["reconciliation_lines.reconciliation_id", "reconciliation_lines.line"],
            name="fk_reconciliation_matches_line",
        ),
        ForeignKeyConstraint(
            ["entry_sequence", "leg"],
            ["postings.entry_sequence", "postings.leg"],
            name="fk_reconciliation_matches_posting",
        ),
        UniqueConstraint("entry_sequence", "leg", name="uq_reconciliation_matches_posting"),
    )

    reconciliation_id: str = Field(primary_key=True)
    line: int = Field(primary_key=True, sa_type=BigInteger)
    entry_sequence: int = Field(sa_type=BigInteger)
    leg: int = Field(sa_type=BigInteger)
    rule: str
    reason: str
    matched_by: str
    matched_at: datetime = Field(sa_type=UtcDateTime)


BANKING_DAY_TABLES = (EndOfDayRow, StandingOrderRow)
"""One of each file of tables beside this one: what the worker writes. Importing them is what adds all to METADATA."""
APPROVAL_TABLES = (WaitingCommandRow,)
CONFIRMATION_TABLES = (ConfirmedPayeeRow,)
PAYEE_TABLES = (ListedPayeeRow, NewPayeeUsageRow)
"""Of the file beside this one; importing it is what adds its tables to METADATA."""

METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)
