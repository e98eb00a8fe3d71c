"""Fees that an officer waived on an account, as its contract says.

Why: the end of day must not charge them. Safe on a live store: one column with a constant default; an older writer
leaves it as it is.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("ledger_accounts", sa.Column("waived_fees", sa.Text(), server_default=sa.text("''"), nullable=False))
