"""What the ledger can be asked to do: the validated bodies of its commands."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from shared.clock import format_time, parse_time
from shared.money import MAX_AMOUNT_MINOR, MAX_BALANCE_MINOR

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must not contain control characters")
    return text


Amount = Annotated[int, Field(strict=True, ge=1, le=MAX_AMOUNT_MINOR, description="Integer minor units.")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(description="ISO 4217 code.")]
Description = Annotated[str, StringConstraints(max_length=140), AfterValidator(_plain)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")]


def _read_moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_time(value)
    except (ValueError, OverflowError):
        raise ValueError("must be an RFC 3339 time with a zone") from None  # Python's message repeats what was sent


Moment = Annotated[
    datetime,
    BeforeValidator(_read_moment, json_schema_input_type=datetime),
    PlainSerializer(format_time, return_type=str, when_used="json"),
]


def _read_day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # Python's message repeats what was sent
    raise ValueError("must be a date as YYYY-MM-DD")


ValueDate = Annotated[
    date | None,
    BeforeValidator(_read_day, json_schema_input_type=date | None),
    # Left out of the fingerprint where it was not sent: keys of bodies without it mean what they always meant.
    Field(exclude_if=lambda value: value is None, description="When it counts; earlier days need a supervisor."),
]
Day = Annotated[date, BeforeValidator(_read_day, json_schema_input_type=date)]
Reason = Annotated[str, StringConstraints(min_length=3, max_length=140), AfterValidator(_plain)]
Why = Annotated[
    Reason | None,
    # Left out of the fingerprint where it was not sent: keys of bodies without it mean what they always meant.
    Field(exclude_if=lambda value: value is None, description="Why; it lands in the audit trail."),
]
AccountNumber = Annotated[str, StringConstraints(min_length=5, max_length=34, pattern=r"^[A-Z0-9]+$")]


class Order(BaseModel):
    """A command's body: strict types, no unknown field."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CashOrder(Order):
    """Pay in or pay out."""

    account_id: Id
    amount_minor: Amount
    currency: Currency
    description: Description = ""
    value_date: ValueDate = None


class FeeOrder(CashOrder):
    """Charge a fee; the description is for the customer, the reason for the audit trail."""

    reason: Why = None


class InterestOrder(CashOrder):
    """Pay interest, or charge it on an overdraft (`debit`); the direction is that of the customer's posting."""

    direction: Literal["credit", "debit"] = "credit"
    reason: Why = None


class AdjustmentOrder(Order):
    """Put a balance right, against cash over and short or suspense; the direction is that of the account's posting."""

    account_id: Id
    direction: Literal["credit", "debit"]
    against: Literal["over-short", "suspense"]
    amount_minor: Amount
    currency: Currency
    reason: Reason
    value_date: ValueDate = None


class TransferOrder(Order):
    """Move money to another account, named by its number or its id."""

    from_account_id: Id
    to_account_number: AccountNumber | None = None
    to_account_id: Id | None = None
    amount_minor: Amount
    currency: Currency
    description: Description = ""
    value_date: ValueDate = None

    @model_validator(mode="after")
    def _one_payee(self) -> "TransferOrder":
        if (self.to_account_number is None) == (self.to_account_id is None):
            raise ValueError("name the payee by exactly one of to_account_number and to_account_id")
        return self


class BatchOrder(Order):
    """Many transfers as one command: all or none, or each for itself."""

    transfers: Annotated[list[TransferOrder], Field(min_length=1, max_length=1_000)]
    atomic: bool = True


class HoldOrder(Order):
    """Set money aside, for a payee or for whoever captures it."""

    account_id: Id
    amount_minor: Amount
    currency: Currency
    to_account_number: AccountNumber | None = None
    expires_at: Moment | None = None
    description: Description = ""


class CaptureOrder(Order):
    """Turn a hold into an entry: all of it without an amount; `final` gives the rest back."""

    amount_minor: Amount | None = None
    to_account_number: AccountNumber | None = None
    final: bool = True
    reason: Why = None


class ReleaseOrder(Order):
    """Give a hold back; staff say why, which lands in the audit trail."""

    reason: Why = None


class ReverseOrder(Order):
    """Undo an entry, with the reason that lands in the audit trail and on the reversal."""

    reason: Reason
    ask_checker: Annotated[
        bool,
        # Left out of the fingerprint where it was not sent: keys of bodies without it mean what they always meant.
        Field(exclude_if=lambda value: not value, description="Let a second person decide, even if it is spent."),
    ] = False


LimitMinor = Annotated[int, Field(ge=0, le=MAX_BALANCE_MINOR)]


class ContractLimits(BaseModel):
    """How much may leave an account, in minor units; absent: no limit of its own; unknown names are left."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    kyc_level: Annotated[int, Field(ge=0, le=9)] | None = None
    per_transaction_minor: LimitMinor | None = None
    per_day_minor: LimitMinor | None = None
    per_month_minor: LimitMinor | None = None
    per_day_count: LimitMinor | None = None


class ContractOrder(BaseModel):
    """An account's contract as `accounts` keeps it; a later version may bring fields we do not know yet."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    version: Annotated[int, Field(ge=1)]
    account_number: AccountNumber
    owners: Annotated[list[Id], Field(min_length=1, max_length=20)]
    holder_name: Annotated[str, StringConstraints(max_length=240)] = ""
    mandate: Literal["either", "both"] = "either"
    product: Id
    currency: Currency
    branch_id: Id
    min_balance_minor: Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)] = 0
    overdraft_limit_minor: Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)] = 0
    limits: ContractLimits = ContractLimits()
    customer_may_deposit: bool = False
    opening_deposit_minor: Amount | None = None
    opening_cash_branch_id: Id | None = None
    """Cash that a desk of this branch took in with the opening: booked with a new account, with no other."""
    payout_account_id: Id | None = None
    payout_limit_minor: LimitMinor | None = None
    """Where the rest goes if the account is closed, and how much of it may go there."""
    waived_fees: Annotated[list[Id], Field(max_length=10)] = []
    status: Literal["open", "dormant", "closed"] = "open"
    freeze: Literal["none", "debit", "credit", "all"] = "none"
