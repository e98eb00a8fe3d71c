"""The ledger's books: usage of limits, end-of-day balances, each account once in an entry.

Why: limits are counted with the balance, in the same row; days that are over keep their balances; and the database
itself refuses an entry that names an account twice, where the second balance would overwrite the first.

Safe on a live store: columns with constant defaults and a new table are added, no table is rebuilt. An index is
replaced by a unique one over the same columns, which costs nothing more to write; if an entry ever named an account
twice, this stops and changes nothing. Days that are over are filled in from their postings. Contracts without
limits were made for customers at KYC level 2, who alone could open accounts, and now say so.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "end_of_day_balances",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("booked_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_accounts.id"], name=op.f("fk_end_of_day_balances_account_id_ledger_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "business_date", name=op.f("pk_end_of_day_balances")),
        sqlite_strict=True,
    )
    op.add_column("ledger_accounts", sa.Column("usage_day", sa.Text(), server_default=sa.text("''"), nullable=False))
    for name in ("day_debited_minor", "day_debits", "month_debited_minor"):
        op.add_column("ledger_accounts", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("holds", sa.Column("business_date", sa.Date(), nullable=True))
    op.drop_index(op.f("ix_postings_account_id_entry_sequence"), table_name="postings")
    op.create_index(
        op.f("ix_postings_account_id_entry_sequence"), "postings", ["account_id", "entry_sequence"], unique=True
    )
    level = sa.text("UPDATE ledger_accounts SET limits = :level WHERE kind = 'customer' AND limits = '{}'")
    op.execute(level.bindparams(level='{"kyc_level":2}'))
    op.execute(
        "INSERT INTO end_of_day_balances (account_id, business_date, booked_minor) "
        "SELECT last.account_id, last.business_date, p.balance_after_minor FROM ("
        "SELECT p.account_id, e.business_date, max(p.entry_sequence) AS sequence FROM postings p "
        "JOIN journal_entries e ON e.sequence = p.entry_sequence "
        "WHERE e.business_date < (SELECT max(business_date) FROM business_date) "
        "GROUP BY p.account_id, e.business_date) last "
        "JOIN postings p ON p.account_id = last.account_id AND p.entry_sequence = last.sequence"
    )
