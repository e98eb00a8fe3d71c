"""The tables of the banking day: its ends, terms, interest, fees. The worker and the listener write them.

Interest is kept as whole numbers of 1/16,030,800,000 of a minor unit, written as text: they outgrow 64 bits.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Index
from sqlmodel import Field

from services.transactions.store.registry import LedgerTable
from shared.store.types import JsonText, UtcDateTime


class EndOfDayRow(LedgerTable, table=True):
    """One end of day: which step it is at and how far that is. `cursor` is the last account that the step has done."""

    __tablename__ = "end_of_days"
    __table_args__ = (CheckConstraint("state IN ('running', 'done')", name="state"),)

    business_date: date = Field(primary_key=True, sa_type=Date)
    next_date: date = Field(sa_type=Date)
    job_id: str
    state: str
    step: str
    cursor: str
    cut_sequence: int | None = Field(default=None, sa_type=BigInteger)
    previous_cut: int = Field(sa_type=BigInteger)
    accrued_until: date = Field(sa_type=Date)
    steps: Any = Field(sa_type=JsonText)
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BankHolidayRow(LedgerTable, table=True):
    """A day on which this bank is closed beside the weekends and holidays of its calendar; the API writes it."""

    __tablename__ = "bank_holidays"

    day: date = Field(primary_key=True, sa_type=Date)
    name: str
    reason: str
    kept_by: str
    kept_at: datetime = Field(sa_type=UtcDateTime)


class ClockAdvanceRow(LedgerTable, table=True):
    """One request to move the sandbox's clock by so many days; the id is that of its job."""

    __tablename__ = "clock_advances"
    __table_args__ = (CheckConstraint("state IN ('running', 'done')", name="state"),)

    id: str = Field(primary_key=True)
    days: int = Field(sa_type=BigInteger)
    days_done: int = Field(sa_type=BigInteger)
    from_date: date = Field(sa_type=Date)
    from_offset_seconds: int = Field(sa_type=BigInteger)
    state: str
    requested_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProductTermsRow(LedgerTable, table=True):
    """Our copy of a product's terms, one row for each version."""

    __tablename__ = "product_terms"

    product: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_type=BigInteger)
    effective_from: date = Field(sa_type=Date)
    terms: Any = Field(sa_type=JsonText)


class ProductRateRow(LedgerTable, table=True):
    """Our copy of an interest rate: for the part of a balance from `tier_from_minor` on, from a day on."""

    __tablename__ = "product_rates"
    __table_args__ = (
        CheckConstraint("side IN ('credit', 'debit')", name="side"),
        Index(None, "product", "side", "effective_from"),
    )

    rate_id: str = Field(primary_key=True)
    product: str
    side: str
    tier_from_minor: int = Field(sa_type=BigInteger)
    rate_basis_points: int = Field(sa_type=BigInteger)
    effective_from: date = Field(sa_type=Date)
    withdrawn: bool


class DayPositionRow(LedgerTable, table=True):
    """What the ends of days know of an account: what has accrued and is not posted, and when it last moved."""

    __tablename__ = "day_positions"

    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    since: date = Field(sa_type=Date)
    accrued_until: date = Field(sa_type=Date)
    credit_accrued: str
    debit_accrued: str
    active_on: date = Field(sa_type=Date)
    dormant_on: date | None = Field(default=None, sa_type=Date)


class InterestAccrualRow(LedgerTable, table=True):
    """What one day earned or cost on one account; a correction of an earlier day has a later `booked_on`."""

    __tablename__ = "interest_accruals"
    __table_args__ = (CheckConstraint("kind IN ('credit', 'debit')", name="kind"),)

    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    kind: str = Field(primary_key=True)
    booked_on: date = Field(primary_key=True, sa_type=Date)
    day: date = Field(primary_key=True, sa_type=Date)
    balance_minor: int = Field(sa_type=BigInteger)
    day_count: str
    tiers: Any = Field(sa_type=JsonText)
    days: int = Field(sa_type=BigInteger)
    year_days: int = Field(sa_type=BigInteger)
    accrued: str
    carry: str


class OwnPostingRow(LedgerTable, table=True):
    """What an end of day books on an account by itself: interest of a period, or a fee. Written before it is booked."""

    __tablename__ = "own_postings"
    __table_args__ = (
        CheckConstraint("entry_type IN ('interest', 'fee')", name="entry_type"),
        CheckConstraint("direction IN ('credit', 'debit')", name="direction"),
        CheckConstraint("state IN ('intended', 'booked', 'refused', 'nothing')", name="state"),
        Index(None, "state", "booked_on"),
    )

    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    period: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    entry_type: str
    direction: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    description: str
    from_day: date = Field(sa_type=Date)
    booked_on: date = Field(sa_type=Date)
    value_date: date = Field(sa_type=Date)
    opening: str
    accrued: str
    carry: str
    items: int = Field(sa_type=BigInteger)
    state: str
    entry_id: str | None = None
    refusal: str | None = None


class StaffReportRow(LedgerTable, table=True):
    """A report for staff as CSV text, made once."""

    __tablename__ = "staff_reports"

    kind: str = Field(primary_key=True)
    business_date: date = Field(primary_key=True, sa_type=Date)
    rows: int = Field(sa_type=BigInteger)
    content: str
    created_at: datetime = Field(sa_type=UtcDateTime)
