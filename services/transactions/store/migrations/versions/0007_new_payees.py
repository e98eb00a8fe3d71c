"""Payees as customers list them, and what new ones got.

Why: until a payee has been on a list for the cooling-off it gets small amounts only, and the booking decides that. Safe
on a live store: two new tables, and an older writer knows nothing of them.
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
        "listed_payees",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("cooling_until", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "account_id", name=op.f("pk_listed_payees")),
        sqlite_strict=True,
    )
    op.create_table(
        "new_payee_usage",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("used_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used_minor >= 0", name=op.f("ck_new_payee_usage_used_minor")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_accounts.id"], name=op.f("fk_new_payee_usage_account_id_ledger_accounts")
        ),
        sa.PrimaryKeyConstraint("customer_id", "account_id", name=op.f("pk_new_payee_usage")),
        sqlite_strict=True,
    )
