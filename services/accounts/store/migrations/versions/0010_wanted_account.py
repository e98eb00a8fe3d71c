"""The account that somebody asked for when they joined, until the bank knows them.

Why: outside the sandbox nobody is verified at once, and what they chose on joining must not be lost until they are.
Safe on a live store: one column that may be missing; whoever joined before asked for nothing that waits.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("customers", sa.Column("wanted_account", sa.Text(), nullable=True))
