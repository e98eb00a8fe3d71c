"""Payees: whom a customer pays, how well the name fitted, and until when a new one gets small amounts only.

Why: customers keep a list, and a payee added a moment ago is not yet good for everything. Safe on a live store:
one new table, and an older process knows nothing of it.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "payees",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_number", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=True),
        sa.Column("name_check", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=True),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("cooling_until", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "name_check IN ('match', 'close', 'none', 'unavailable')", name=op.f("ck_payees_name_check")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_payees_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payees")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payees_customer_id"), "payees", ["customer_id"], unique=False)
    op.create_index(
        "uq_payees_number",
        "payees",
        ["customer_id", "account_number"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
