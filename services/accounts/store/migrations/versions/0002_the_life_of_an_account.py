"""Accounts can be frozen, closed and opened again; what was closed is archived.

Why: an account has a life after its opening. Each change goes to the ledger with the contract, and `status_version`
tells with which one; the archive keeps what an account was when it was closed; a step-up token works once.

Safe on a live store: columns that may be missing or have a constant default, and new tables; no table is rebuilt. An
account that is opening has version 1 of its contract, which is what `status_version` says.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "used_step_ups",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_used_step_ups")),
        sqlite_strict=True,
    )
    op.create_table(
        "closed_accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("original_id", sa.Text(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("account_number", sa.Text(), nullable=False),
        sa.Column("account_type", sa.Text(), nullable=False),
        sa.Column("branch_name", sa.Text(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("deletion_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("customer_email", sa.Text(), nullable=False),
        sa.Column("phone_number", sa.Text(), nullable=False),
        sa.Column("last_transaction_date", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["original_id"], ["accounts.id"], name=op.f("fk_closed_accounts_original_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_accounts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_closed_accounts_original_id"), "closed_accounts", ["original_id"], unique=False)
    op.add_column("accounts", sa.Column("status_version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("accounts", sa.Column("freeze", sa.Text(), server_default=sa.text("'none'"), nullable=False))
    op.add_column("accounts", sa.Column("freeze_reason", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("lifted_by", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("frozen_at", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("dormant_since", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("closed_at", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("reopening", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("accounts", sa.Column("opening", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("closing", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("ended_at", sa.Text(), nullable=True))
