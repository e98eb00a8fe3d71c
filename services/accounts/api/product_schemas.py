"""The shapes of products, their versions and the interest-rate table."""

from typing import Annotated, Any, Literal

from pydantic import Field

from services.accounts.api.fields import Note, OneLine, Word
from services.accounts.domain.interest_rate import HIGHEST_BASIS_POINTS
from services.accounts.domain.product import Product
from services.accounts.use_cases.set_rate import NewRate
from shared.money import MAX_AMOUNT_MINOR, MAX_BALANCE_MINOR
from shared.web.schemas import Answer, ChangeModel, Currency, IsoDate, ListAnswer, Moment, StrictModel

Floor = Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)]
Limit = Annotated[int, Field(ge=0, le=MAX_BALANCE_MINOR)]
BasisPoints = Annotated[int, Field(ge=0, le=HIGHEST_BASIS_POINTS)]
Kind = Literal["current", "savings", "fixed-deposit", "recurring-deposit"]
DayCount = Literal["act/365f", "act/360", "act/act", "30/360"]


class FeeModel(StrictModel):
    """A fee in minor units of its currency; `waived_from_minor`: a balance that waives a waivable one."""

    kind: Literal["monthly", "per-item", "below-minimum"]
    amount_minor: Annotated[int, Field(ge=1, le=MAX_AMOUNT_MINOR)]
    currency: Currency
    waivable: bool = False
    waived_from_minor: Limit | None = None


class LimitsModel(StrictModel):
    """How much may leave an account, in minor units, and how often a day; null: no limit."""

    per_transaction_minor: Limit | None = None
    per_day_minor: Limit | None = None
    per_month_minor: Limit | None = None
    per_day_count: Limit | None = None


class ProductRequest(StrictModel):
    """A new product; amounts in minor units of the account's currency."""

    id: Word
    name: OneLine
    kind: Kind
    currencies: Annotated[list[Currency], Field(min_length=1, max_length=20)]
    min_balance_minor: Floor = 0
    overdraft_limit_minor: Floor = 0
    customer_may_deposit: bool = False
    open_to_customers: bool = True
    day_count: DayCount = "act/365f"
    capitalisation: Literal["monthly", "quarterly"] = "monthly"
    fees: Annotated[tuple[FeeModel, ...], Field(max_length=20, strict=False)] = ()
    limits: LimitsModel = LimitsModel()
    effective_from: IsoDate | None = None
    reason: Note

    def to_product(self) -> Product:
        """Give the product in the words of the domain."""
        return Product.of_terms(self.id, self.model_dump(exclude={"id", "effective_from", "reason"}))


class ProductChange(ChangeModel):
    """Other terms of a product from a day on (today unless said); what is left out stays."""

    name: OneLine | None = None
    min_balance_minor: Floor | None = None
    overdraft_limit_minor: Floor | None = None
    customer_may_deposit: bool | None = None
    open_to_customers: bool | None = None
    day_count: DayCount | None = None
    capitalisation: Literal["monthly", "quarterly"] | None = None
    fees: Annotated[list[FeeModel], Field(max_length=20)] | None = None
    limits: LimitsModel | None = None
    effective_from: IsoDate | None = None
    reason: Note

    def to_changes(self) -> dict[str, Any]:
        """Give what is to change, by term."""
        return self.model_dump(exclude={"version", "effective_from", "reason"}, exclude_none=True) | (
            {} if self.limits is None else {"limits": self.limits.model_dump()}
        )


class ProductAnswer(Answer):
    """A product as it is today, and what it pays from the first unit on, in hundredths of a per cent a year.

    Amounts in minor units. `version` is the newest, which a change names; `effective_version` the one in force.
    """

    id: str
    name: str
    kind: str
    customer_may_deposit: bool
    min_balance_minor: int
    overdraft_limit_minor: int
    currencies: list[str]
    open_to_customers: bool
    day_count: str
    capitalisation: str
    fees: list[dict[str, Any]]
    limits: dict[str, Any]
    rate_basis_points: int | None
    created_at: Moment
    effective_version: int | None
    version: int


class ProductList(ListAnswer[ProductAnswer]):
    """A page of products."""


class ProductVersionAnswer(Answer):
    """The terms of a product from a bank's day on; who set them and why."""

    product: str
    version: int
    effective_from: IsoDate
    terms: dict[str, Any]
    note: str | None
    created_at: Moment
    created_by: str


class ProductVersionList(ListAnswer[ProductVersionAnswer]):
    """A page of a product's versions, oldest first."""


class RateRequest(StrictModel):
    """A rate in hundredths of a per cent a year (275 is 2.75 %) from a day on.

    It holds for the part of a balance from `tier_from_minor` up to the next tier; `debit` is charged on an overdraft.
    """

    product: Word
    rate_basis_points: BasisPoints
    effective_from: IsoDate
    tier_from_minor: Floor = 0
    side: Literal["credit", "debit"] = "credit"
    reason: Note

    def to_rate(self) -> NewRate:
        """Give the rate in the words of the use case."""
        return NewRate(self.product, self.rate_basis_points, self.effective_from, self.tier_from_minor, self.side)


class RateChange(ChangeModel):
    """Take a rate back that has not begun."""

    withdrawn: Literal[True]
    reason: Note


class InterestRateAnswer(Answer):
    """A rate of a product from a bank's day on, in hundredths of a per cent a year (275 is 2.75 %).

    `effective_to` is the day on which the next one of its tier takes its place; a withdrawn one never began.
    """

    id: str
    product: str
    side: str
    tier_from_minor: int
    rate_basis_points: int
    effective_from: IsoDate
    effective_to: IsoDate | None
    note: str | None
    created_at: str
    created_by: str
    withdrawn_at: str | None
    withdrawn_by: str | None
    version: int


class InterestRateList(ListAnswer[InterestRateAnswer]):
    """A page of interest rates."""
