"""What the routes of standing orders take and answer. Amounts are integer minor units."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from services.transactions.domain.bank_calendar import CalendarRule
from services.transactions.domain.rhythm import Rhythm
from services.transactions.use_cases.orders import AccountNumber, Description, Id, Reason
from shared.web.schemas import AmountMinor, ChangeModel, Currency, IsoDate, StrictModel


class OrderRequest(StrictModel):
    """An order: the payee by exactly one of number and id; `end_on` is the last day it may fall due, by its rhythm."""

    from_account_id: Id
    to_account_number: AccountNumber | None = None
    to_account_id: Id | None = None
    amount_minor: AmountMinor
    currency: Currency
    description: Description = ""
    rhythm: Rhythm = "monthly"
    start_on: IsoDate
    end_on: IsoDate | None = None
    calendar_rule: CalendarRule = "following"
    retries: Annotated[int, Field(ge=0, le=10)] = 2

    @model_validator(mode="after")
    def _one_payee(self) -> "OrderRequest":
        if (self.to_account_number is None) == (self.to_account_id is None):
            raise ValueError("name the payee by exactly one of to_account_number and to_account_id")
        return self


class OrderPatch(ChangeModel):
    """What is to change; the reason lands in the audit trail."""

    amount_minor: AmountMinor | None = None
    description: Description | None = None
    end_on: IsoDate | None = None
    status: Literal["active", "paused"] | None = None
    reason: Reason | None = None


class OccurrenceAnswer(BaseModel):
    """One occurrence: due, booked, failed, and after how many tries; `refusal` is the code of the last one."""

    nominal_on: str
    due_on: str
    state: Literal["due", "booked", "failed", "skipped"]
    tries: int
    next_try_on: str | None
    transaction_id: str | None
    refusal: str | None


class OrderAnswer(BaseModel):
    """A standing order with the next days on which it falls due and the last ones on which it did."""

    id: str
    from_account_id: str
    to_account_number: str
    amount_minor: int
    currency: str
    description: str
    rhythm: Rhythm
    start_on: str
    end_on: str | None
    calendar_rule: CalendarRule
    retries: int
    status: Literal["active", "paused", "ended", "cancelled"]
    next_due_on: str | None
    upcoming: list[str]
    occurrences: list[OccurrenceAnswer]
    version: int
    created_at: str


class OrderList(BaseModel):
    """One page, the oldest first."""

    items: list[OrderAnswer]
    next: str | None


class UpcomingItem(BaseModel):
    """A transfer that will come about."""

    due_on: str
    order_id: str
    from_account_id: str
    to_account_number: str
    amount_minor: int
    currency: str
    description: str


class UpcomingList(BaseModel):
    """What comes about in the next days, in their order."""

    items: list[UpcomingItem]
    next: None = None
