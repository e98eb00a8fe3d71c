"""The tables of what the bank offers: branches, products by version, and the interest-rate table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import JsonText, UtcDateTime


class BranchRow(AccountsTable, table=True):
    """A branch; `main` exists from the start."""

    __tablename__ = "branches"
    __table_args__ = (CheckConstraint("state IN ('open', 'closed')", name="state"),)

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    location: str
    state: str = "open"
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


class ProductRow(AccountsTable, table=True):
    """A kind of account; what it offers stands in its versions."""

    __tablename__ = "products"

    code: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ProductVersionRow(AccountsTable, table=True):
    """The terms of a product from a bank's day on, until its next version begins; append-only."""

    __tablename__ = "product_versions"

    product: str = Field(foreign_key="products.code", primary_key=True)
    version: int = Field(primary_key=True)
    effective_from: date
    terms: dict[str, Any] = Field(sa_type=JsonText)
    note: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str


class RateRow(AccountsTable, table=True):
    """A rate in hundredths of a per cent a year (275 = 2.75 %) from a bank's day on; append-only.

    It holds for the part of a balance from `tier_from_minor` up to the next tier.
    """

    __tablename__ = "rates"
    __table_args__ = (
        CheckConstraint("side IN ('credit', 'debit')", name="side"),
        CheckConstraint("tier_from_minor >= 0", name="tier"),
        CheckConstraint("rate_basis_points >= 0", name="rate"),
        Index(None, "product", "side", "tier_from_minor", "effective_from"),
    )

    id: str = Field(primary_key=True)
    product: str = Field(foreign_key="products.code")
    side: str
    tier_from_minor: int = Field(sa_type=BigInteger)
    rate_basis_points: int
    effective_from: date
    note: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str


class WithdrawnRateRow(AccountsTable, table=True):
    """A rate that was taken back before it began; append-only."""

    __tablename__ = "withdrawn_rates"

    rate_id: str = Field(foreign_key="rates.id", primary_key=True)
    note: str | None = None
    withdrawn_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_by: str
