"""Notes on customers, addresses of several kinds with validity, and the people who work for the bank.

Why: a customer has more than one address, and had others; staff write down what others should know; who works where,
for whom and since when is the bank's to keep, while logins stay with identity.

Safe on a live store: two new tables, and columns that may be missing or have a constant default. The addresses that are
there are where people live, since the day they were written.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("supervisor_id", sa.Text(), nullable=True),
        sa.Column("salary_minor", sa.BigInteger(), nullable=True),
        sa.Column("salary_currency", sa.Text(), nullable=True),
        sa.Column("hire_date", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(salary_minor IS NULL) = (salary_currency IS NULL)", name=op.f("ck_staff_salary_has_currency")
        ),
        sa.CheckConstraint("supervisor_id IS NULL OR supervisor_id != id", name=op.f("ck_staff_not_own_supervisor")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_staff_branch_id_branches")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_staff_supervisor_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("user_id", name=op.f("uq_staff_user_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_staff_branch_id"), "staff", ["branch_id"], unique=False)
    op.create_table(
        "customer_notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_customer_notes_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_notes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_customer_notes_customer_id"), "customer_notes", ["customer_id"], unique=False)
    op.add_column("addresses", sa.Column("type", sa.Text(), server_default=sa.text("'home'"), nullable=False))
    op.add_column("addresses", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("addresses", sa.Column("valid_until", sa.Date(), nullable=True))
