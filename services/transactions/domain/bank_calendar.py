"""The bank's calendar: which days are banking days, what is due on a day that is none, and when a business date ends.

The business date passes through every day of the week, since customers move money on every one. Weekends and holidays
decide when something is due. Where the bank wants otherwise (`banking_days_only`), a business date is a banking day and
Friday's end opens Monday.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

CalendarRule = Literal["none", "following", "preceding", "modified-following"]
"""What becomes of a day that is no banking day: it stays, the next banking day, the one before, or the next one unless
that is in the next month (then the one before)."""

MIDNIGHT = time(0, 0)
_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def _target_holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.financial_holidays("ECB", years=year))


@cache
def _country_holidays(country: str, year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays(country, years=year))


def is_target_day(day: date) -> bool:
    """Tell whether the euro's payment system TARGET is open on a day."""
    return day.weekday() < _SATURDAY and day not in _target_holidays(day.year)


def is_week_day(day: date) -> bool:
    """Tell whether a day is neither Saturday nor Sunday."""
    return day.weekday() < _SATURDAY


@dataclass(frozen=True, slots=True)
class BankCalendar:
    """Banking days by name (`TARGET`, `WEEKDAYS`, or a country as `DE`), and when a business date ends.

    `cut_off` is a time of day in `zone` from which on a booking belongs to the next business date; midnight is the end
    of the day itself. `own` are days on which this bank alone is closed.
    """

    name: str = "TARGET"
    zone: str = "UTC"
    cut_off: time = MIDNIGHT
    banking_days_only: bool = False
    own: frozenset[date] = frozenset()

    def with_own(self, days: Iterable[date]) -> "BankCalendar":
        """Give the calendar with these days, and no others, as the bank's own holidays."""
        return replace(self, own=frozenset(days))

    def named_holidays(self, year: int) -> Mapping[date, str]:
        """Give the holidays of a year that come by the calendar's name, each with its own; weekends have none."""
        if self.name == "TARGET":
            return _target_holidays(year)
        return {} if self.name == "WEEKDAYS" else _country_holidays(self.name, year)

    @property
    def _opens(self) -> Callable[[date], bool]:
        if self.name == "TARGET":
            return is_target_day
        if self.name == "WEEKDAYS":
            return is_week_day
        return lambda day: is_week_day(day) and day not in _country_holidays(self.name, day.year)

    def is_banking_day(self, day: date) -> bool:
        """Tell whether banks settle on a day."""
        return day not in self.own and self._opens(day)

    def following(self, day: date) -> date:
        """Give the day itself if it is a banking day, else the next one that is."""
        while not self.is_banking_day(day):
            day += _DAY
        return day

    def preceding(self, day: date) -> date:
        """Give the day itself if it is a banking day, else the last one that was."""
        while not self.is_banking_day(day):
            day -= _DAY
        return day

    def roll(self, day: date, rule: CalendarRule) -> date:
        """Give the day on which something that is due on `day` comes about."""
        if rule == "following":
            return self.following(day)
        if rule == "preceding":
            return self.preceding(day)
        if rule == "modified-following":
            rolled = self.following(day)
            return rolled if rolled.month == day.month else self.preceding(day)
        return day

    def next_business_date(self, day: date) -> date:
        """Give the business date that follows one."""
        return self.following(day + _DAY) if self.banking_days_only else day + _DAY

    def business_date_at(self, moment: datetime) -> date:
        """Give the business date that a moment falls on, by the bank's wall clock."""
        local = moment.astimezone(ZoneInfo(self.zone))
        late = self.cut_off != MIDNIGHT and local.time() >= self.cut_off
        day = local.date() + _DAY if late else local.date()
        return self.following(day) if self.banking_days_only else day

    def ends_at(self, day: date) -> datetime:
        """Give the moment (UTC) at which a business date is over.

        On the days when summer time begins or ends, a business date has 23 or 25 hours.
        """
        last = day + _DAY if self.cut_off == MIDNIGHT else day
        return datetime.combine(last, self.cut_off, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
