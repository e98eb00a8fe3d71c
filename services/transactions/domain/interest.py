"""Interest: what a day accrues on an account, and what is posted at the end of a period.

Accruals are whole numbers of `UNIT`s of a minor unit (`day_count.py`); only a posting rounds, half to even, and what it
rounded off or up is carried into the next period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.transactions.domain.day_count import UNIT, DayCount, night_of, units_of

Kind = Literal["credit", "debit"]
"""Interest that the bank pays on what is there, or charges on what is overdrawn."""

KINDS: tuple[Kind, Kind] = ("credit", "debit")

Capitalisation = Literal["monthly", "quarterly"]


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate for the part of a balance from `from_minor` on, up to where the next tier begins."""

    from_minor: int
    rate_basis_points: int


@dataclass(frozen=True, slots=True)
class DayAccrual:
    """What one day accrues: `accrued` in `UNIT`s, from `balance_minor` by `tiers`, for `days` of `year_days`."""

    kind: Kind
    day: date
    balance_minor: int
    tiers: tuple[Tier, ...]
    days: int
    year_days: int
    accrued: int


def accrue_day(
    *, day: date, balance_minor: int, credit: Sequence[Tier], debit: Sequence[Tier], day_count: DayCount
) -> DayAccrual | None:
    """Give what a day accrues on its value-dated end-of-day balance, None if that is nothing.

    What is overdrawn costs by the debit tiers, counted from zero downwards.
    """
    kind: Kind = "credit" if balance_minor >= 0 else "debit"
    tiers = tuple(sorted(credit if kind == "credit" else debit, key=lambda tier: tier.from_minor))
    days, year_days = night_of(day, day_count)
    accrued = sum(
        units_of(balance_minor=part, rate_basis_points=tier.rate_basis_points, days=days, year_days=year_days)
        for tier, part in _parts(abs(balance_minor), tiers)
    )
    if not accrued:
        return None
    return DayAccrual(kind, day, balance_minor, tiers, days, year_days, accrued)


def _parts(amount_minor: int, tiers: Sequence[Tier]) -> list[tuple[Tier, int]]:
    """Cut an amount into the parts that the tiers hold for."""
    ends: list[int | None] = [*(tier.from_minor for tier in tiers[1:]), None][: len(tiers)]
    found = []
    for tier, end in zip(tiers, ends, strict=True):
        top = amount_minor if end is None else min(amount_minor, end)
        if top > tier.from_minor:
            found.append((tier, top - tier.from_minor))
    return found


def round_half_even(units: int) -> int:
    """Round `UNIT`s to whole minor units; a half goes to the even neighbour."""
    whole, rest = divmod(units, UNIT)
    if 2 * rest > UNIT or (2 * rest == UNIT and whole % 2):
        whole += 1
    return whole


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a period's interest comes to: the amount to post (minor units, negative: the other way round) and what is
    carried on, in `UNIT`s, so that `amount_minor * UNIT + carry` is what had accrued."""

    amount_minor: int
    carry: int


def settle(accrued: int) -> Settlement:
    """Round what has accrued once, and carry the rest."""
    amount = round_half_even(accrued)
    return Settlement(amount, accrued - amount * UNIT)


@dataclass(frozen=True, slots=True)
class Accrued:
    """What has accrued on an account and is not posted, by kind, in `UNIT`s: since when, until when (inclusive), and
    what of it was carried from the last posting. `is_being_posted`: an end of day has written some of it down."""

    until: date
    units: Mapping[Kind, int]
    since: Mapping[Kind, date]
    carried: Mapping[Kind, int]
    is_being_posted: bool


def period_ending(day: date, capitalisation: Capitalisation) -> str | None:
    """Give the name of the period that ends with a day (`2026-11`, `2026-Q4`), None if none does."""
    if (day + timedelta(days=1)).month == day.month:
        return None
    if capitalisation == "monthly":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-Q{day.month // 3}" if day.month % 3 == 0 else None


def month_within(first: date, last: date) -> str | None:
    """Give the month that ends on one of these days, both inclusive; None if none does."""
    day, found = first, None
    while day <= last and found is None:
        found = period_ending(day, "monthly")
        day += timedelta(days=1)
    return found


def period_end(day: date, capitalisation: Capitalisation) -> date:
    """Give the last day of the period that a day lies in."""
    while period_ending(day, capitalisation) is None:
        day += timedelta(days=1)
    return day


def in_minor_units(units: int, places: int = 6) -> str:
    """Write `UNIT`s as minor units in decimal, cut after so many places: for screens, never for booking."""
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), UNIT)
    return f"{sign}{whole}.{rest * 10**places // UNIT:0{places}d}"
