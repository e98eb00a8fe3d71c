"""The live feed, preferences and alerts, edits and acknowledgements of announcements.

Why: screens are told at once and go on where they were, people choose what reaches them, and an announcement keeps its
history. Safe on a live store: it adds tables, columns that may be empty or have a default, and indexes over columns
that are empty so far. Items from before stand in no feed: nobody can ask to go on after one of them.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    _choices()
    _announcement_history()
    op.add_column("announcements", sa.Column("branch_id", sa.Text(), nullable=True))
    op.add_column("announcements", sa.Column("product", sa.Text(), nullable=True))
    op.add_column("announcements", sa.Column("feed_sequence", sa.BigInteger(), nullable=True))
    op.add_column("announcements", sa.Column("fed_at", sa.Text(), nullable=True))
    op.create_index("ix_announcements_feed_sequence", "announcements", ["feed_sequence"], unique=True)
    op.add_column("deliveries", sa.Column("language", sa.Text(), server_default="en", nullable=False))
    op.add_column("inbox_items", sa.Column("feed_sequence", sa.BigInteger(), nullable=True))
    op.add_column("inbox_items", sa.Column("pushed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_index("ix_inbox_items_feed_sequence", "inbox_items", ["feed_sequence"], unique=True)


def _choices() -> None:
    op.create_table(
        "balance_lines",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("below_minor", sa.BigInteger(), nullable=False),
        sa.Column("is_below", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "account_id", name=op.f("pk_balance_lines")),
        sqlite_strict=True,
    )
    op.create_table(
        "memberships",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('branch','product')", name=op.f("ck_memberships_kind")),
        sa.PrimaryKeyConstraint("customer_id", "kind", "value", name=op.f("pk_memberships")),
        sqlite_strict=True,
    )
    op.create_table(
        "preferences",
        sa.Column("recipient_kind", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("large_minor", sa.BigInteger(), nullable=True),
        sa.Column("large_currency", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.CheckConstraint("recipient_kind IN ('customer','user')", name=op.f("ck_preferences_recipient_kind")),
        sa.CheckConstraint(
            "(large_minor IS NULL) = (large_currency IS NULL)", name=op.f("ck_preferences_large_has_currency")
        ),
        sa.PrimaryKeyConstraint("recipient_kind", "recipient_id", name=op.f("pk_preferences")),
        sqlite_strict=True,
    )


def _announcement_history() -> None:
    op.create_table(
        "acknowledgements",
        sa.Column("announcement_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_acknowledgements_announcement_id_announcements")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "user_id", name=op.f("pk_acknowledgements")),
        sqlite_strict=True,
    )
    op.create_table(
        "announcement_edits",
        sa.Column("announcement_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_edits_announcement_id_announcements")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "version", name=op.f("pk_announcement_edits")),
        sqlite_strict=True,
    )
