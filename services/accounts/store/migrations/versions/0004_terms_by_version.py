"""Products by version, and rates by side and tier.

Why: terms change from a day on, and what an account stood on before must stay readable; rates have tiers, and future
ones may be taken back.

Safe on a live store: new tables, filled from what is there as version 1; each account stands on that. The columns of
`products` that moved there are dropped: on SQLite the small table is made anew, with foreign keys off and checked
afterwards. Rates keep their ids. The old table of rates goes when all of its rows stand in the new one.
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "product_versions",
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["product"], ["products.code"], name=op.f("fk_product_versions_product_products")),
        sa.PrimaryKeyConstraint("product", "version", name=op.f("pk_product_versions")),
        sqlite_strict=True,
    )
    op.create_table(
        "rates",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("tier_from_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate_basis_points", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('credit', 'debit')", name=op.f("ck_rates_side")),
        sa.CheckConstraint("rate_basis_points >= 0", name=op.f("ck_rates_rate")),
        sa.CheckConstraint("tier_from_minor >= 0", name=op.f("ck_rates_tier")),
        sa.ForeignKeyConstraint(["product"], ["products.code"], name=op.f("fk_rates_product_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rates")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_rates_product_side_tier_from_minor_effective_from"),
        "rates",
        ["product", "side", "tier_from_minor", "effective_from"],
        unique=False,
    )
    op.create_table(
        "withdrawn_rates",
        sa.Column("rate_id", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rate_id"], ["rates.id"], name=op.f("fk_withdrawn_rates_rate_id_rates")),
        sa.PrimaryKeyConstraint("rate_id", name=op.f("pk_withdrawn_rates")),
        sqlite_strict=True,
    )
    op.add_column("accounts", sa.Column("product_version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("accounts", sa.Column("waived_fees", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    _fill()
    op.drop_table("interest_rates")
    _slim_products()


_KINDS = {"savings": "savings", "fixed-deposit": "fixed-deposit", "recurring-deposit": "recurring-deposit"}
_LIMITS = ("per_transaction_minor", "per_day_minor", "per_month_minor", "per_day_count")


def _fill() -> None:
    """Write what is there as the first versions, and the rates as those of the lowest tier."""
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO product_versions (product, version, effective_from, terms, created_at, created_by) "
        "VALUES (:product, 1, :day, :terms, :at, 'seed')"
    ).bindparams(sa.bindparam("day", type_=sa.Date()))
    for row in connection.execute(sa.text("SELECT * FROM products")).mappings().all():
        terms = {
            "name": row["name"],
            "kind": _KINDS.get(row["code"], "current"),
            "currencies": json.loads(row["currencies"]),
            "min_balance_minor": row["min_balance_minor"],
            "overdraft_limit_minor": row["overdraft_limit_minor"],
            "customer_may_deposit": bool(row["customer_may_deposit"]),
            "open_to_customers": bool(row["open_to_customers"]),
            "day_count": "act/365f",
            "capitalisation": "monthly",
            "fees": [],
            "limits": dict.fromkeys(_LIMITS),
        }
        text = json.dumps(terms, separators=(",", ":"), ensure_ascii=False)
        values = {"product": row["code"], "day": date(2020, 1, 1), "terms": text, "at": row["created_at"]}
        connection.execute(insert, values)
    connection.execute(
        sa.text(
            "INSERT INTO rates (id, product, side, tier_from_minor, rate_basis_points, effective_from, created_at, "
            "created_by) SELECT id, product, 'credit', 0, rate_basis_points, effective_from, created_at, created_by "
            "FROM interest_rates"
        )
    )


def _slim_products() -> None:
    """Leave code and time in `products`."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("uq_products_name"), "products", type_="unique")
        for name in ("name", "open_to_customers", "min_balance_minor", "overdraft_limit_minor", "customer_may_deposit"):
            op.drop_column("products", name)
        op.drop_column("products", "currencies")
        return
    op.create_table(
        "products_next",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_products")),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO products_next (code, created_at) SELECT code, created_at FROM products")
    op.drop_table("products")
    op.rename_table("products_next", "products")
