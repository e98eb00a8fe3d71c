"""Day counts: how many days lie between two dates, and how many days their year has for interest.

A day earns for the night that follows it: day `d` counts from `d` to the day after.

Source: ISDA 2006 definitions, section 4.16 (b) Actual/Actual, (d) Actual/365 (Fixed), (e) Actual/360, (g) 30E/360.
"""

from calendar import isleap
from datetime import date, timedelta
from typing import Literal

DayCount = Literal["act/365f", "act/360", "act/act", "30/360"]

UNIT = 16_030_800_000
"""Parts of a minor unit: 10,000 basis points times the least common multiple of 365, 366 and 360. A day's interest is
a whole number of them, whatever its day count, so that nothing is ever rounded before it is posted."""

_BASIS = 10_000


def night_of(day: date, day_count: DayCount) -> tuple[int, int]:
    """Give the days that a day's night counts for, and the days of its year.

    30E/360 counts a 31st as a 30th: the night to a 31st counts none, that to the first of March two or three.
    """
    if day_count == "30/360":
        following = day + timedelta(days=1)
        return _thirty(following) - _thirty(day), 360
    if day_count == "act/360":
        return 1, 360
    if day_count == "act/act":
        return 1, 366 if isleap(day.year) else 365
    return 1, 365


def _thirty(day: date) -> int:
    return 360 * day.year + 30 * day.month + min(day.day, 30)


def units_of(*, balance_minor: int, rate_basis_points: int, days: int, year_days: int) -> int:
    """Give what a balance earns in so many days of a year, in `UNIT`s of a minor unit: exactly."""
    return balance_minor * rate_basis_points * days * (UNIT // _BASIS // year_days)
