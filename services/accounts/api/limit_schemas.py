"""The shapes of an account's own limits and waived fees."""

from typing import Annotated, Literal

from pydantic import Field

from services.accounts.api.fields import Note
from services.accounts.domain.product import LIMIT_NAMES
from services.accounts.store.tables import AccountRow
from shared.web.schemas import Answer, Moment, StrictModel

_Minor = Annotated[int, Field(ge=0, le=10**12)]


class LimitsRequest(StrictModel):
    """The limits that you want on the account, in minor units; what is left out or null is no limit of your own.

    Staff, who set them for a customer, say why.
    """

    per_transaction_minor: _Minor | None = None
    per_day_minor: _Minor | None = None
    per_month_minor: _Minor | None = None
    per_day_count: Annotated[int, Field(ge=0, le=10_000)] | None = None
    reason: Annotated[
        Note | None,
        # Left out of the fingerprint where it was not sent: keys of bodies without it mean what they always meant.
        Field(exclude_if=lambda value: value is None),
    ] = None

    def to_limits(self) -> dict[str, int]:
        """Give the limits by name; what is no limit is not there."""
        return {name: value for name in LIMIT_NAMES if (value := getattr(self, name)) is not None}


class LimitsOf(Answer):
    """Limits in minor units of the account's currency, and a number of orders a day; null: none."""

    per_transaction_minor: int | None = None
    per_day_minor: int | None = None
    per_month_minor: int | None = None
    per_day_count: int | None = None


class WaitingLimits(Answer):
    """Limits that hold from `effective_at` on, by the bank's clock."""

    limits: LimitsOf
    effective_at: Moment


class LimitsAnswer(Answer):
    """The limits of an account: those its owners set, those of the product, and higher ones that wait."""

    account_id: str
    currency: str
    own: LimitsOf
    product: LimitsOf
    waiting: WaitingLimits | None

    @classmethod
    def of(cls, row: AccountRow, product: dict[str, int]) -> "LimitsAnswer":
        """Give the limits of an account as it stands."""
        waits = None
        if row.limits_due_at is not None:
            waits = WaitingLimits(limits=LimitsOf(**(row.wanted_limits or {})), effective_at=row.limits_due_at)
        own, of_product = LimitsOf(**row.own_limits), LimitsOf(**product)
        return cls(account_id=row.id, currency=row.currency, own=own, product=of_product, waiting=waits)


class WaiverRequest(StrictModel):
    """Which kinds of fee are waived on the account from now on (an empty list: none), and why."""

    fees: Annotated[list[Literal["monthly", "per-item", "below-minimum"]], Field(max_length=3)]
    reason: Note


class WaiverAnswer(Answer):
    """Which kinds of fee are waived on an account."""

    account_id: str
    fees: list[str]
