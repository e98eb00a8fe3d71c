"""The tables of accounts: customers, branches, products, rates, accounts and their history.

Amounts are integers of minor units; times are aware UTC; history tables are append-only (see `triggers.py`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from services.accounts.store.approval_tables import ApprovalRow, ApprovalRuleRow
from services.accounts.store.catalogue_tables import BranchRow, ProductRow, ProductVersionRow, RateRow, WithdrawnRateRow
from services.accounts.store.cosignature_tables import CosignatureRow, CosignatureSignerRow
from services.accounts.store.payee_tables import PayeeRow
from services.accounts.store.registry import REGISTRY, AccountsTable
from services.accounts.store.staff_tables import StaffRow
from services.accounts.store.viewing_tables import ViewingRow
from shared.store.plumbing import add_plumbing
from shared.store.types import JsonText, UtcDateTime


class CustomerRow(AccountsTable, table=True):
    """A customer. An e-mail address names one row for ever, so that an interrupted registration resumes its own."""

    __tablename__ = "customers"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'active', 'abandoned')", name="status"),
        CheckConstraint("status != 'active' OR user_id IS NOT NULL", name="active_has_login"),
        CheckConstraint("(income_minor IS NULL) = (income_currency IS NULL)", name="income_has_currency"),
        CheckConstraint("kyc_level BETWEEN 0 AND 3", name="kyc_level"),
        Index(
            "uq_customers_phone",
            "phone",
            unique=True,
            sqlite_where=text("status != 'abandoned'"),
            postgresql_where=text("status != 'abandoned'"),
        ),
    )

    id: str = Field(primary_key=True)
    user_id: str | None = Field(default=None, unique=True)
    email: str = Field(unique=True)
    phone: str
    first_name: str
    last_name: str
    date_of_birth: date
    gender: str | None = None
    occupation: str | None = None
    income_minor: int | None = Field(default=None, sa_type=BigInteger)
    income_currency: str | None = None
    branch_id: str = Field(foreign_key="branches.id")
    kyc_state: str
    kyc_level: int
    status: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When their last account was closed, and with it the relationship; a new account begins it again."""
    wanted_account: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """The account that they asked for when they joined, until the bank knows them and opens it."""
    version: int = 1


class AddressRow(AccountsTable, table=True):
    """Where a customer lives or lived, works or gets mail; append-only. The newest row of a type is the present one."""

    __tablename__ = "addresses"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", index=True)
    street: str
    city: str
    state: str
    postal_code: str
    country: str
    type: str = "home"
    valid_from: date | None = None
    """From which day on; None: since it was written."""
    valid_until: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class CustomerNoteRow(AccountsTable, table=True):
    """What staff wrote down about a customer; append-only."""

    __tablename__ = "customer_notes"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", index=True)
    text: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)


class AccountRow(AccountsTable, table=True):
    """A contract. `version` counts edits people see, `contract_version` what the ledger must know of."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint(
            "status IN ('opening', 'open', 'dormant', 'freezing', 'frozen', 'unfreezing', 'closing', 'closed')",
            name="status",
        ),
        CheckConstraint("pushed_version <= contract_version", name="pushed_version"),
        CheckConstraint("(status = 'opening') = (opened_at IS NULL)", name="open_has_time"),
    )

    id: str = Field(primary_key=True)
    account_number: str = Field(unique=True)
    product: str = Field(foreign_key="products.code")
    product_version: int = 1
    """The version of the product's terms that the contract stands on."""
    currency: str
    status: str
    nickname: str | None = None
    mandate: str = Field(default="either", sa_column_kwargs={"server_default": text("'either'")})
    """Whether one owner signs alone (`either`) or all together (`both`)."""
    branch_id: str = Field(foreign_key="branches.id", index=True)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_transaction_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    contract_version: int = 1
    pushed_version: int = 0
    status_version: int = 1
    """The contract version that carries the last change of status: once the ledger holds it, the change is through."""
    freeze: str = "none"
    freeze_reason: str | None = None
    lifted_by: str | None = None
    frozen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dormant_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopening: bool = False
    waived_fees: list[str] = Field(default_factory=list, sa_type=JsonText)
    own_limits: dict[str, int] = Field(
        default_factory=dict, sa_type=JsonText, sa_column_kwargs={"server_default": text("'{}'")}
    )
    """Limits that the owners set, by name, in minor units."""
    wanted_limits: dict[str, int] | None = Field(default=None, sa_type=JsonText)
    limits_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the wanted, higher ones hold."""
    opening: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """Cash taken in with the opening: `amount_minor`, `by`, `branch_id`."""
    closing: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """The last wish to close: `payout_account_id`, `reason`, `by`; `refused` {code, numbers} if the ledger said no."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class ClosedAccountRow(AccountsTable, table=True):
    """The archive: what an account was when it was closed; append-only. Opened again and closed again: two rows."""

    __tablename__ = "closed_accounts"

    id: str = Field(primary_key=True)
    original_id: str = Field(foreign_key="accounts.id", index=True)
    customer_name: str
    account_number: str
    account_type: str
    branch_name: str
    balance_minor: int = Field(sa_type=BigInteger)
    currency: str
    closed_by: str
    deletion_date: datetime = Field(sa_type=UtcDateTime)
    reason: str | None = None
    customer_email: str
    phone_number: str
    last_transaction_date: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UsedStepUpRow(AccountsTable, table=True):
    """A step-up token that was taken, in the transaction of what it approved: it works once."""

    __tablename__ = "used_step_ups"

    token_id: str = Field(primary_key=True)
    used_at: datetime = Field(sa_type=UtcDateTime)


class AccountOwnerRow(AccountsTable, table=True):
    """Who owns an account."""

    __tablename__ = "account_owners"

    account_id: str = Field(foreign_key="accounts.id", primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", primary_key=True, index=True)


class AccountEditRow(AccountsTable, table=True):
    """One field of one edit of an account; append-only."""

    __tablename__ = "account_edits"

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.id", index=True)
    field: str
    old: object = Field(sa_type=JsonText, nullable=True)
    new: object = Field(sa_type=JsonText, nullable=True)
    by: str
    note: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)


class CustomerEditRow(AccountsTable, table=True):
    """One field of one edit of a customer; append-only."""

    __tablename__ = "customer_edits"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", index=True)
    field: str
    old: object = Field(sa_type=JsonText, nullable=True)
    new: object = Field(sa_type=JsonText, nullable=True)
    by: str
    note: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)


class CounterRow(AccountsTable, table=True):
    """The last value given out of a sequence; moved in the transaction that uses it."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)


__all__ = [
    "METADATA",
    "PLUMBING",
    "AccountEditRow",
    "AccountOwnerRow",
    "AccountRow",
    "AddressRow",
    "ApprovalRow",
    "ApprovalRuleRow",
    "BranchRow",
    "ClosedAccountRow",
    "CosignatureRow",
    "CosignatureSignerRow",
    "CounterRow",
    "CustomerEditRow",
    "CustomerNoteRow",
    "CustomerRow",
    "PayeeRow",
    "ProductRow",
    "ProductVersionRow",
    "RateRow",
    "StaffRow",
    "UsedStepUpRow",
    "ViewingRow",
    "WithdrawnRateRow",
]

METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)
