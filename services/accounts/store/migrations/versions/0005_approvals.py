"""Requests that wait for a second person, and the rules that say which do.

Why: nobody changes rates, products or limits alone; one inbox holds the requests of all services. The database itself
refuses a request that its maker decided.

Safe on a live store: two new tables; the rules are written at the next start.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "approval_rules",
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("above_minor", sa.BigInteger(), nullable=True),
        sa.Column("checkers", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("command", name=op.f("pk_approval_rules")),
        sqlite_strict=True,
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=True),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("checkers", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.CheckConstraint("(service = 'accounts') = (frozen IS NOT NULL)", name=op.f("ck_approvals_own_is_frozen")),
        sa.CheckConstraint(
            "status IN ('pending', 'approved', 'rejected', 'expired', 'void', 'executed', 'failed')",
            name=op.f("ck_approvals_status"),
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by != made_by", name=op.f("ck_approvals_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_approvals_status_id"), "approvals", ["status", "id"], unique=False)
    op.create_index(
        op.f("ix_approvals_subject_type_subject_id"), "approvals", ["subject_type", "subject_id"], unique=False
    )
