"""Customers, branches, products, rates, accounts with their history, and the plumbing of every service.

Why: the first version. It runs on an empty store only, so nothing live can be hurt.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None

_NOT_ABANDONED = sa.text("status != 'abandoned'")
_STATUSES = "'opening', 'open', 'dormant', 'freezing', 'frozen', 'unfreezing', 'closing', 'closed'"


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _optional(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _number(*names: str, kind: Any = sa.BigInteger) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind(), autoincrement=False, nullable=False) for name in names]


def _table(name: str, *parts: Any, key: tuple[str, ...]) -> None:
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")), sqlite_strict=True)


def _refers(table: str, column: str, to: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=op.f(f"fk_{table}_{column}_{to}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _streams() -> None:
    _table(
        "stream_head",
        *_number("lane", "epoch", "parent_sequence", "sequence"),
        *_text("hash"),
        key=("lane",),
    )
    _table(
        "outbox",
        *_number("lane", "sequence", "epoch"),
        *_text("type", "envelope", "created_at"),
        key=("lane", "sequence"),
    )
    _table("relay_position", *_number("lane", "epoch", "sequence"), key=("lane",))
    _table(
        "cursors",
        *_text("publisher"),
        *_number("lane", "epoch", "sequence"),
        *_text("hash"),
        sa.Column("held", sa.Boolean(), nullable=False),
        *_text("updated_at"),
        key=("publisher", "lane"),
    )
    _table(
        "dead_letters",
        *_text("id", "publisher"),
        *_number("lane", "epoch", "sequence"),
        *_text("type", "envelope", "error", "state", "created_at"),
        *_optional("replayed_at"),
        _unique("dead_letters", "publisher", "lane", "epoch", "sequence"),
        key=("id",),
    )


def _records() -> None:
    _table(
        "audit",
        *_number("sequence"),
        *_text("at"),
        *_optional("user_id", "service", "session_id"),
        *_text("command", "subject_type", "subject_id"),
        *_optional("before", "after", "reason", "request_id"),
        *_text("hash"),
        key=("sequence",),
    )
    _index("audit", "subject_type", "subject_id")
    _index("audit", "user_id")
    _table(
        "idempotency",
        *_text("principal", "route", "key", "fingerprint"),
        *_number("status"),
        *_text("body", "created_at"),
        key=("principal", "route", "key"),
    )
    _index("idempotency", "created_at")
    _table(
        "jobs",
        *_text("id", "kind", "unique_key", "payload", "state"),
        *_number("attempts"),
        *_text("run_after"),
        *_optional("lease_until", "last_error"),
        *_text("created_at", "updated_at"),
        _unique("jobs", "kind", "unique_key"),
        key=("id",),
    )
    _index("jobs", "state", "run_after")


def _catalogue() -> None:
    _table(
        "branches",
        *_text("id", "name", "location", "state", "created_at"),
        *_number("version", kind=sa.Integer),
        _check("branches", "state", "state IN ('open', 'closed')"),
        _unique("branches", "name"),
        key=("id",),
    )
    _table(
        "products",
        *_text("code", "name"),
        sa.Column("customer_may_deposit", sa.Boolean(), nullable=False),
        *_number("min_balance_minor", "overdraft_limit_minor"),
        *_text("currencies"),
        sa.Column("open_to_customers", sa.Boolean(), nullable=False),
        *_text("created_at"),
        _check("products", "min_balance", "min_balance_minor >= 0"),
        _check("products", "overdraft_limit", "overdraft_limit_minor >= 0"),
        _unique("products", "name"),
        key=("code",),
    )
    _table(
        "interest_rates",
        *_text("id", "product"),
        *_number("rate_basis_points", kind=sa.Integer),
        sa.Column("effective_from", sa.Date(), nullable=False),
        *_text("created_at", "created_by"),
        _refers("interest_rates", "product", "products", "code"),
        _unique("interest_rates", "product", "effective_from"),
        key=("id",),
    )


def _customers() -> None:
    name = "customers"
    _table(
        name,
        *_text("id"),
        *_optional("user_id"),
        *_text("email", "phone", "first_name", "last_name"),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        *_optional("gender", "occupation"),
        sa.Column("income_minor", sa.BigInteger(), nullable=True),
        *_optional("income_currency"),
        *_text("branch_id", "kyc_state"),
        *_number("kyc_level", kind=sa.Integer),
        *_text("status", "created_at", "updated_at"),
        *_number("version", kind=sa.Integer),
        _check(name, "status", "status IN ('pending', 'active', 'abandoned')"),
        _check(name, "active_has_login", "status != 'active' OR user_id IS NOT NULL"),
        _check(name, "income_has_currency", "(income_minor IS NULL) = (income_currency IS NULL)"),
        _check(name, "kyc_level", "kyc_level BETWEEN 0 AND 3"),
        _refers(name, "branch_id", "branches"),
        _unique(name, "user_id"),
        _unique(name, "email"),
        key=("id",),
    )
    op.create_index(
        "uq_customers_phone",
        name,
        ["phone"],
        unique=True,
        sqlite_where=_NOT_ABANDONED,
        postgresql_where=_NOT_ABANDONED,
    )
    _table(
        "addresses",
        *_text("id", "customer_id", "street", "city", "state", "postal_code", "country", "created_at"),
        _refers("addresses", "customer_id", name),
        key=("id",),
    )
    _index("addresses", "customer_id")


def _accounts() -> None:
    name = "accounts"
    _table(
        name,
        *_text("id", "account_number", "product", "currency", "status"),
        *_optional("nickname"),
        *_text("branch_id"),
        *_optional("opened_at", "last_transaction_at"),
        *_number("version", "contract_version", "pushed_version", kind=sa.Integer),
        *_text("created_at"),
        _check(name, "status", f"status IN ({_STATUSES})"),
        _check(name, "pushed_version", "pushed_version <= contract_version"),
        _check(name, "open_has_time", "(status = 'opening') = (opened_at IS NULL)"),
        _refers(name, "product", "products", "code"),
        _refers(name, "branch_id", "branches"),
        _unique(name, "account_number"),
        key=("id",),
    )
    _index(name, "branch_id")
    _table(
        "account_owners",
        *_text("account_id", "customer_id"),
        _refers("account_owners", "account_id", name),
        _refers("account_owners", "customer_id", "customers"),
        key=("account_id", "customer_id"),
    )
    _index("account_owners", "customer_id")
    _table("counters", *_text("name"), *_number("value"), key=("name",))


def _history(table: str, column: str, of: str) -> None:
    _table(
        table,
        *_text("id", column, "field"),
        *_optional("old", "new"),
        *_text("by"),
        *_optional("note"),
        *_text("at"),
        _refers(table, column, of),
        key=("id",),
    )
    _index(table, column)


def upgrade() -> None:
    """Apply the change."""
    _streams()
    _records()
    _catalogue()
    _customers()
    _accounts()
    _history("account_edits", "account_id", "accounts")
    _history("customer_edits", "customer_id", "customers")
