"""Clocks of what the desk promises, ratings, files, canned replies, who has a ticket, and who looks at it.

Why: the desk works from queues, keeps its promises and is asked how it did. Safe on a live store: it adds tables, and
columns that may be empty or have a default. Tickets from before have no clocks, since nothing was promised for them.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    _files_and_promises()
    _ratings_and_viewings()
    op.add_column("tickets", sa.Column("assignee_user_id", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("escalated_at", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("escalation", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("resolved_at", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("resolutions", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("ix_tickets_assignee_user_id_status", "tickets", ["assignee_user_id", "status"], unique=False)


def _files_and_promises() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sqlite_strict=True,
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_user_id", sa.Text(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_attachments_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_strict=True,
    )
    op.create_index("ix_attachments_ticket_id", "attachments", ["ticket_id"], unique=False)
    op.create_table(
        "clocks",
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("target_seconds", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=True),
        sa.Column("warn_at", sa.Text(), nullable=True),
        sa.Column("remaining_seconds", sa.BigInteger(), nullable=True),
        sa.Column("warned_at", sa.Text(), nullable=True),
        sa.Column("breached_at", sa.Text(), nullable=True),
        sa.Column("met_at", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('first-response','resolution')", name=op.f("ck_clocks_kind")),
        sa.CheckConstraint("state IN ('running','paused','met')", name=op.f("ck_clocks_state")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_clocks_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("ticket_id", "kind", name=op.f("pk_clocks")),
        sqlite_strict=True,
    )
    op.create_index("ix_clocks_state_due_at", "clocks", ["state", "due_at"], unique=False)
    op.create_index("ix_clocks_state_warn_at", "clocks", ["state", "warn_at"], unique=False)


def _ratings_and_viewings() -> None:
    op.create_table(
        "ratings",
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("resolution", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_ratings_score")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ratings_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("ticket_id", "resolution", name=op.f("pk_ratings")),
        sqlite_strict=True,
    )
    op.create_table(
        "viewings",
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_viewings_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name=op.f("pk_viewings")),
        sqlite_strict=True,
    )
    op.create_table(
        "attachment_contents",
        sa.Column("attachment_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_attachment_contents_attachment_id_attachments")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_contents")),
        sqlite_strict=True,
    )
