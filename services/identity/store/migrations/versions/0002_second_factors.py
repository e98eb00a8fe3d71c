"""One-time codes, authenticator apps, recovery codes, known devices, failed tries; three facts about a login.

Why: a second factor, a reset by mail, and back-off that a stranger cannot turn against a known device. Safe on a live
store: it adds tables, and columns with a default that says what was true of every login before.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "failed_tries",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_failed_tries")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_failed_tries_last_failed_at"), "failed_tries", ["last_failed_at"], unique=False)
    op.create_table(
        "devices",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id_users")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_devices")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_devices_user_id"), "devices", ["user_id"], unique=False)
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_codes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_one_time_codes_expires_at"), "one_time_codes", ["expires_at"], unique=False)
    op.create_index(
        op.f("ix_one_time_codes_user_id_purpose_created_at"),
        "one_time_codes",
        ["user_id", "purpose", "created_at"],
        unique=False,
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id_users")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recovery_codes_user_id"), "recovery_codes", ["user_id"], unique=False)
    op.create_table(
        "totp_factors",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_totp_factors_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_totp_factors")),
        sqlite_strict=True,
    )
    op.add_column("users", sa.Column("email_unconfirmed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("users", sa.Column("short_password", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("users", sa.Column("hides_balance", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "used_step_ups",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_used_step_ups")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_used_step_ups_used_at"), "used_step_ups", ["used_at"], unique=False)
