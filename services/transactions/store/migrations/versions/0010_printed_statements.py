"""Statements as PDF, set by the worker and kept.

Why: setting one takes a processor for a while, which the API's process has for its requests. Safe on a live store: one
new table; an older process sets each PDF itself.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "statement_prints",
        sa.Column("statement_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_prints_statement_id_statements")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement_prints")),
        sqlite_strict=True,
    )
