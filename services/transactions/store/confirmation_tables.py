"""What customers have confirmed by a step-up: the tokens used up, and the payees known since. Append-only."""

from datetime import datetime

from sqlmodel import Field

from services.transactions.store.registry import LedgerTable
from shared.store.types import UtcDateTime


class UsedStepUpRow(LedgerTable, table=True):
    """A step-up token that approved a command: its number is here once, written with what it approved."""

    __tablename__ = "used_step_ups"

    token_id: str = Field(primary_key=True)
    customer_id: str
    subject_id: str
    used_at: datetime = Field(sa_type=UtcDateTime)


class ConfirmedPayeeRow(LedgerTable, table=True):
    """An account to which a customer has confirmed a transfer, and by which token first."""

    __tablename__ = "confirmed_payees"

    customer_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True, foreign_key="ledger_accounts.id")
    token_id: str = Field(foreign_key="used_step_ups.token_id")
