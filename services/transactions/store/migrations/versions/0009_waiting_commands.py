"""Commands of the desk that wait for a second person.

Why: large cash and reversals are booked only when somebody else has approved them; until then the command is kept word
for word. Safe on a live store: one new table, and an older writer knows nothing of it.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "waiting_commands",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("maker_roles", sa.Text(), nullable=False),
        sa.Column("maker_branch_id", sa.Text(), nullable=True),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("checkers", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'executed', 'failed', 'rejected', 'expired', 'void')",
            name=op.f("ck_waiting_commands_state"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_waiting_commands_amount_minor")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> made_by", name=op.f("ck_waiting_commands_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_commands")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_waiting_commands_entry_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_waiting_commands_subject_id_state"), "waiting_commands", ["subject_id", "state"])
