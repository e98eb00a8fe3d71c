"""The interest-rate table: what a product pays, or charges on an overdraft, by part of the balance, from a day on.

A rate of one product, side and tier holds until the next one of the same begins, so two of them never overlap.
"""

from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Invalid, NotFound

HIGHEST_BASIS_POINTS = 10_000


class RateSide(StrEnum):
    """`credit`: what the bank pays on money it holds. `debit`: what it charges on an overdraft."""

    CREDIT = "credit"
    DEBIT = "debit"


class RateNotFound(NotFound):
    """There is no such rate."""

    code = "accounts.rate-not-found"
    title = "No such interest rate"
    next_step = "Choose one of the rates that GET /api/v1/interest-rates lists."


class RateOverlaps(Conflict):
    """Another rate of the same product, side and tier begins on that day."""

    code = "accounts.rate-overlaps"
    title = "Another rate begins on the same day"
    next_step = "Withdraw that rate first, or choose another day."


class RateBegan(Conflict):
    """What has begun stays in the table; it is ended by the next rate."""

    code = "accounts.rate-began"
    title = "The rate has begun and cannot be taken back"
    next_step = "Set a new rate from a day to come."


class NoFirstTier(Invalid):
    """A higher tier stands on a lowest one, from zero."""

    code = "accounts.no-first-tier"
    title = "The product has no rate from zero on that day"
    next_step = "Set the rate of the tier from 0 first."


def check_withdrawable(*, effective_from: date, today: date, is_withdrawn: bool) -> None:
    """Refuse to take back a rate that has begun, or was taken back before.

    :raises RateBegan: if it is in force, or was
    :raises RateNotFound: if it is gone already
    """
    if is_withdrawn:
        raise RateNotFound("The rate was withdrawn before.")
    if effective_from <= today:
        raise RateBegan(effective_from=effective_from.isoformat())
