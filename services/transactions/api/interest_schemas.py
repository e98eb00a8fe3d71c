"""What the routes of interest answer. `…_minor` are integer minor units; other amounts are decimal text."""

from typing import Literal

from pydantic import BaseModel


class InterestTier(BaseModel):
    """A rate in basis points a year, for the part of a balance from `from_minor` on."""

    from_minor: int
    rate_basis_points: int


class InterestCredit(BaseModel):
    """One posting of interest; `direction` is that of the account's posting."""

    period: str
    kind: Literal["credit", "debit"]
    direction: Literal["credit", "debit"]
    amount_minor: int
    currency: str
    booked_on: str
    state: Literal["intended", "booked", "refused"]
    transaction_id: str | None


class InterestSummary(BaseModel):
    """What an account earns: `rate_basis_points` is that of the highest tier that today's balance reaches."""

    account_id: str
    product: str
    currency: str
    day_count: str
    capitalisation: str
    rate_basis_points: int
    tiers: list[InterestTier]
    overdraft_tiers: list[InterestTier]
    accrued_minor: int
    accrued: str
    overdraft_accrued_minor: int
    accrued_until: str | None
    credited_last_24h_minor: int
    credited_total_minor: int
    charged_total_minor: int
    projected_per_day_minor: int
    projected_per_day: str
    next_on: str
    credits: list[InterestCredit]


class InterestPostingList(BaseModel):
    """The postings, the newest first."""

    items: list[InterestCredit]
    next: None = None


class WorksheetRow(BaseModel):
    """One day, or the correction of one: then `booked_on` is later, and `accrued` is what was missing."""

    day: str
    booked_on: str
    balance_minor: int
    tiers: list[InterestTier]
    day_count: str
    days: int
    year_days: int
    accrued: str
    carry: str


class Worksheet(InterestCredit):
    """How a posting was computed. `opening` + the rows = `accrued` = amount * `units_per_minor` + `carry`."""

    account_id: str
    units_per_minor: str
    opening: str
    accrued: str
    carry: str
    rows: list[WorksheetRow]
