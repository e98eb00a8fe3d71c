"""Who of the staff has a customer or an account open.

Why: two members of staff on one record see each other. Safe on a live store: one new table that nothing else refers to.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "viewings",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "user_id", name=op.f("pk_viewings")),
    )
