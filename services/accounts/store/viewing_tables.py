"""The table of who of the staff has a record open."""

from datetime import datetime

from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import UtcDateTime


class ViewingRow(AccountsTable, table=True):
    """Who had a customer or an account open when; the subject is written as in the audit trail, `customer:<id>`."""

    __tablename__ = "viewings"

    subject: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)
