"""What the ledger's routes answer."""

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel

from services.transactions.use_cases.orders import Reason
from shared.web.problems import Problem

WhyInQuery = Annotated[Reason | None, Query(description="Why; it lands in the audit trail.")]
"""The reason of a command whose method has no body."""


class Counterparty(BaseModel):
    """The other side, as far as a customer may know it."""

    name: str
    account_number_masked: str


class PostingAnswer(BaseModel):
    """One leg; amounts are integer minor units."""

    account_id: str
    direction: Literal["debit", "credit"]
    amount_minor: int
    balance_after_minor: int


class TransactionAnswer(BaseModel):
    """A journal entry, with only the legs that the caller may see."""

    id: str
    type: Literal["deposit", "withdrawal", "transfer", "capture", "fee", "interest", "adjustment", "reversal"]
    status: Literal["booked", "reversed"]
    amount_minor: int
    currency: str
    from_account_id: str | None
    to_account_id: str | None
    counterparty: Counterparty | None
    description: str
    booked_at: str
    value_date: str
    business_date: str
    postings: list[PostingAnswer]
    reverses: str | None
    reversed_by: str | None


class WaitingApproval(BaseModel):
    """What waits: nothing is booked yet."""

    id: str
    status: Literal["pending"]
    expires_at: str


class WaitingAnswer(BaseModel):
    """The answer to a command that needs a second person; `GET /api/v1/approvals/{id}` tells how it goes on."""

    approval: WaitingApproval


WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": WaitingAnswer, "description": "Waits for a second person; nothing is booked yet"}
}


class WaitingCosignature(BaseModel):
    """What waits: nothing is booked yet. The booked transaction will have this id."""

    id: str
    status: Literal["waiting"]
    expires_at: str


class CosignatureAnswer(BaseModel):
    """The answer to an order that the other owners sign, too; `GET /api/v1/cosignatures/{id}` tells how it goes on."""

    cosignature: WaitingCosignature


WAITS_FOR_OWNERS: dict[int | str, dict[str, Any]] = {
    202: {"model": CosignatureAnswer, "description": "Waits for the other owners' signatures; nothing is booked yet"}
}


class TransactionList(BaseModel):
    """One page, newest first."""

    items: list[TransactionAnswer]
    next: str | None


class BatchResult(BaseModel):
    """What became of one transfer of a batch."""

    index: int
    status: Literal["booked", "refused"]
    transaction: TransactionAnswer | None = None
    problem: Problem | None = None


class BatchAnswer(BaseModel):
    """What became of each transfer, in the order asked for."""

    results: list[BatchResult]


class HoldAnswer(BaseModel):
    """Money set aside; amounts are integer minor units."""

    id: str
    account_id: str
    status: Literal["held", "captured", "released", "expired"]
    amount_minor: int
    captured_minor: int
    released_minor: int
    currency: str
    to_account_number: str | None
    description: str
    expires_at: str
    created_at: str


class HoldList(BaseModel):
    """One page, newest first."""

    items: list[HoldAnswer]
    next: str | None


class CaptureAnswer(BaseModel):
    """The entry that a hold became, and what is left of the hold."""

    transaction: TransactionAnswer
    hold: HoldAnswer


class BalancePart(BaseModel):
    """One part of what is available; the parts add up to `available_minor`.

    Each hold is a part of its own, oldest first; where there are very many, the later ones are one part `hold-rest`.
    """

    kind: Literal["booked", "overdraft-limit", "min-balance", "hold", "hold-rest"]
    amount_minor: int
    hold_id: str | None = None


class BalanceAnswer(BaseModel):
    """What an account holds; amounts are integer minor units."""

    account_id: str
    booked_minor: int
    held_minor: int
    available_minor: int
    overdraft_limit_minor: int
    min_balance_minor: int
    currency: str
    as_of: str
    last_transaction_at: str | None
    parts: list[BalancePart]


class BalanceList(BaseModel):
    """The balances asked for, in the order asked for."""

    items: list[BalanceAnswer]
    next: None = None


class EndOfDayBalance(BaseModel):
    """What was booked at the end of a business date on which the account moved, in minor units."""

    account_id: str
    business_date: str
    booked_minor: int
    currency: str


class BalanceHistory(BaseModel):
    """One page, oldest first. Between two days that are named the balance stayed as it was."""

    items: list[EndOfDayBalance]
    next: str | None
