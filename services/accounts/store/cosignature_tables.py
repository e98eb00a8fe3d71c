"""The tables of what owners of an account sign together, and of who has signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import JsonText, UtcDateTime


class CosignatureRow(AccountsTable, table=True):
    """What waits, or waited, for signatures: a payment (the ledger's id of it is the id here) or a change of owners."""

    __tablename__ = "cosignatures"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('payment', 'add-owner', 'remove-owner', 'change-mandate', 'close-account')", name="kind"
        ),
        CheckConstraint(
            "status IN ('waiting', 'signed', 'refused', 'expired', 'void', 'executed', 'failed')", name="status"
        ),
        CheckConstraint("(kind = 'payment') = (amount_minor IS NOT NULL)", name="payment_has_amount"),
        CheckConstraint("(kind = 'add-owner') = (invited_email IS NOT NULL)", name="invitation_has_address"),
        Index(None, "account_id", "status"),
        Index(None, "status", "expires_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    account_id: str = Field(foreign_key="accounts.id")
    status: str = "waiting"
    made_by: str
    maker_id: str = Field(foreign_key="customers.id")
    """The customer who asked, whose signature that is."""
    invited_email: str | None = Field(default=None, index=True)
    """Who is to become an owner; whether that is a customer shows only when they sign."""
    invited_id: str | None = Field(default=None, foreign_key="customers.id")
    wanted: dict[str, Any] = Field(sa_type=JsonText)
    """What is done with the last signature, word for word."""
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    confirmed: bool = False
    """Its maker confirmed it with a step-up, so each signer does."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str | None = None
    outcome: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    """What its execution gave: an id, or the code of the refusal."""


class CosignatureSignerRow(AccountsTable, table=True):
    """Somebody who has to sign; the key lets nobody sign twice."""

    __tablename__ = "cosignature_signers"
    __table_args__ = (Index(None, "customer_id", "cosignature_id"),)

    cosignature_id: str = Field(foreign_key="cosignatures.id", primary_key=True)
    customer_id: str = Field(foreign_key="customers.id", primary_key=True)
    signed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
