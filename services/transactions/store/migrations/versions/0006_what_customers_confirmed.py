"""What customers confirmed: step-up tokens that are used up, and the payees known since.

Why: a large transfer, and the first larger one to a payee, need a confirmation that works once. Two new tables:
nothing that is live is touched, and an older writer knows nothing of them.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "used_step_ups",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_used_step_ups")),
        sqlite_strict=True,
    )
    op.create_table(
        "confirmed_payees",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_accounts.id"], name=op.f("fk_confirmed_payees_account_id_ledger_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["used_step_ups.token_id"], name=op.f("fk_confirmed_payees_token_id_used_step_ups")
        ),
        sa.PrimaryKeyConstraint("customer_id", "account_id", name=op.f("pk_confirmed_payees")),
        sqlite_strict=True,
    )
