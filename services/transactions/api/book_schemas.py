"""What the books' routes answer; amounts are integer minor units."""

from typing import Literal

from pydantic import BaseModel

from services.transactions.api.schemas import TransactionAnswer


class BankAccount(BaseModel):
    """One of the bank's own accounts; `booked_minor` counts in its normal direction."""

    id: str
    kind: str
    name: str
    normal: Literal["debit", "credit"]
    currency: str
    branch_id: str | None
    booked_minor: int


class BankAccountList(BaseModel):
    """One page, by id."""

    items: list[BankAccount]
    next: str | None


class TrialBalanceLine(BaseModel):
    """One of the bank's own accounts, or all customers' accounts of a product."""

    kind: str
    name: str
    account_id: str | None
    product: str | None
    accounts: int
    debit_minor: int
    credit_minor: int


class CurrencySums(BaseModel):
    """One currency: its lines and their sums."""

    currency: str
    lines: list[TrialBalanceLine]
    debit_minor: int
    credit_minor: int
    balanced: bool


class TrialBalance(BaseModel):
    """Debits and credits of every currency; `balanced` if they are equal in each."""

    as_of: str
    balanced: bool
    currencies: list[CurrencySums]


class DayTotalAnswer(BaseModel):
    """How many entries of a type and currency a day has, and their sum."""

    currency: str
    type: str
    entries: int
    amount_minor: int


class DayBook(BaseModel):
    """A page of a day's entries, oldest first, and the totals of the whole day."""

    business_date: str
    items: list[TransactionAnswer]
    next: str | None
    totals: list[DayTotalAnswer]
