"""When a standing order falls due: its rhythm gives nominal days, the calendar rule what becomes of them."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Rhythm = Literal["once", "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly"]

_DAYS = {"daily": 1, "weekly": 7, "fortnightly": 14}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def nominal_day(*, start_on: date, rhythm: Rhythm, number: int, end_on: date | None = None) -> date | None:
    """Give the day of the nth occurrence (from 0), None after the last one.

    What began on the 31st falls on the last day of shorter months, and on the 31st again after them.
    """
    if rhythm == "once":
        day = start_on if number == 0 else None
    elif rhythm in _DAYS:
        day = start_on + timedelta(days=_DAYS[rhythm] * number)
    else:
        months = start_on.year * 12 + start_on.month - 1 + _MONTHS[rhythm] * number
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(start_on.day, monthrange(year, month + 1)[1]))
    return day if day is not None and (end_on is None or day <= end_on) else None


def first_number_on(*, start_on: date, rhythm: Rhythm, day: date) -> int:
    """Give the number of the first occurrence on a day or later; what was left out by a pause is not made up for."""
    if rhythm == "once" or day <= start_on:
        return 0
    if rhythm in _DAYS:
        return -(-(day - start_on).days // _DAYS[rhythm])
    months = (day.year - start_on.year) * 12 + day.month - start_on.month
    number = max(0, months // _MONTHS[rhythm])
    while (found := nominal_day(start_on=start_on, rhythm=rhythm, number=number)) is not None and found < day:
        number += 1
    return number
