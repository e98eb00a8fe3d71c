"""Joint owners: how they sign, what waits for their signatures, and who has signed.

Why: several owners sign alone or together, and what they sign together has to wait somewhere. Safe on a live store:
one column with a constant default and two new tables; every account is signed for as it was.
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
        "cosignatures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("invited_email", sa.Text(), nullable=True),
        sa.Column("invited_id", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'add-owner') = (invited_email IS NOT NULL)", name=op.f("ck_cosignatures_invitation_has_address")
        ),
        sa.CheckConstraint(
            "(kind = 'payment') = (amount_minor IS NOT NULL)", name=op.f("ck_cosignatures_payment_has_amount")
        ),
        sa.CheckConstraint(
            "kind IN ('payment', 'add-owner', 'remove-owner', 'change-mandate', 'close-account')",
            name=op.f("ck_cosignatures_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'signed', 'refused', 'expired', 'void', 'executed', 'failed')",
            name=op.f("ck_cosignatures_status"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_cosignatures_account_id_accounts")),
        sa.ForeignKeyConstraint(["invited_id"], ["customers.id"], name=op.f("fk_cosignatures_invited_id_customers")),
        sa.ForeignKeyConstraint(["maker_id"], ["customers.id"], name=op.f("fk_cosignatures_maker_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignatures")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_cosignatures_account_id_status"), "cosignatures", ["account_id", "status"], unique=False)
    op.create_index(op.f("ix_cosignatures_invited_email"), "cosignatures", ["invited_email"], unique=False)
    op.create_index(op.f("ix_cosignatures_status_expires_at"), "cosignatures", ["status", "expires_at"], unique=False)
    op.create_table(
        "cosignature_signers",
        sa.Column("cosignature_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cosignature_id"], ["cosignatures.id"], name=op.f("fk_cosignature_signers_cosignature_id_cosignatures")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_cosignature_signers_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("cosignature_id", "customer_id", name=op.f("pk_cosignature_signers")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_cosignature_signers_customer_id_cosignature_id"),
        "cosignature_signers",
        ["customer_id", "cosignature_id"],
        unique=False,
    )
    op.add_column("accounts", sa.Column("mandate", sa.Text(), server_default=sa.text("'either'"), nullable=False))
