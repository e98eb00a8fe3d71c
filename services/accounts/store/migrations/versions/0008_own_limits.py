"""Limits that owners set for themselves, and higher ones that wait for a day.

Why: a customer lowers a limit at once and raises it with a delay. Safe on a live store: three columns that may be
missing or have a constant default; a contract without own limits is what it was.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("accounts", sa.Column("own_limits", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("accounts", sa.Column("wanted_limits", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("limits_due_at", sa.Text(), nullable=True))
