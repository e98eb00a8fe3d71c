"""Interest computed another way: in fractions, over whole stretches, by the letter of each day count.

Nothing of the bank's own code is used here. It re-computes worksheets as well: `recompute(rows)`.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Tiers = Sequence[tuple[int, int]]
"""Where a tier begins in minor units, and its rate in basis points a year."""


def thirty_360(start: date, end: date) -> Fraction:
    """Give the share of a year between two dates by 30E/360 (ISDA 2006, 4.16 (g))."""
    first, last = min(start.day, 30), min(end.day, 30)
    days = 360 * (end.year - start.year) + 30 * (end.month - start.month) + (last - first)
    return Fraction(days, 360)


def act_act(start: date, end: date) -> Fraction:
    """Give the share of a year between two dates by Actual/Actual ISDA: each day by the length of its own year."""
    total, at = Fraction(0), start
    while at < end:
        stop = min(end, date(at.year + 1, 1, 1))
        total += Fraction((stop - at).days, 366 if isleap(at.year) else 365)
        at = stop
    return total


def year_share(day_count: str, start: date, end: date) -> Fraction:
    """Give the share of a year between two dates."""
    if day_count == "30/360":
        return thirty_360(start, end)
    if day_count == "act/act":
        return act_act(start, end)
    return Fraction((end - start).days, 360 if day_count == "act/360" else 365)


def a_year(balance_minor: int, tiers: Tiers) -> Fraction:
    """Give what a balance earns in a whole year, in minor units: each tier's rate on the part that lies in it."""
    total, amount = Fraction(0), abs(balance_minor)
    for number, (begins, rate) in enumerate(tiers):
        ends = tiers[number + 1][0] if number + 1 < len(tiers) else amount
        total += Fraction(max(0, min(amount, ends) - begins) * rate, 10_000)
    return total


def interest(stretches: Iterable[tuple[date, date, int, Tiers]], day_count: str) -> Fraction:
    """Give what stretches of (from, to exclusive, balance, tiers) earn together, exactly."""
    return sum(
        (a_year(balance, tiers) * year_share(day_count, start, end) for start, end, balance, tiers in stretches),
        Fraction(0),
    )


def half_even(amount: Fraction) -> int:
    """Round to whole minor units, a half to the even one: what Python's own `round` does with a fraction."""
    return round(amount)


def recompute(rows: Sequence[Mapping[str, Any]], opening: Fraction) -> tuple[int, Fraction]:
    """Compute a worksheet anew from its days, balances, rates and day counts; gives the posting and what is carried.

    Of a day that stands there more than once the last row holds: the others are what was believed before.
    """
    last = {row["day"]: row for row in rows}
    total = opening
    for text, row in last.items():
        day = date.fromisoformat(text)
        tiers = [(tier["from_minor"], tier["rate_basis_points"]) for tier in row["tiers"]]
        total += a_year(row["balance_minor"], tiers) * year_share(row["day_count"], day, day + timedelta(days=1))
    posted = half_even(total)
    return posted, total - posted
