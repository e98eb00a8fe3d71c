"""Which kinds of fee an officer waived for an account, as its contract says.

Why: a waived fee is not charged at the end of a month. One column with a default: rows that are live waive nothing, as
before, and an older writer leaves it alone.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column(
        "ledger_accounts", sa.Column("waived_fees", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    )
