"""Time as the desk works: on weekdays from opening to closing, not on holidays. Pure; summer time counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NOTHING = timedelta()
_LONGEST_SEARCH_DAYS = 3660


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When the desk is there, in its own zone. `is_holiday` says of a day that it is closed."""

    zone: ZoneInfo
    opens: time
    closes: time
    is_holiday: Callable[[date], bool]
    weekdays: frozenset[int] = frozenset(range(5))

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Give the moment at which so much time of work has passed since a moment; nothing passes while closed.

        :raises ValueError: if the desk is never open
        """
        rest, day = amount, start.astimezone(self.zone).date()
        for _ in range(_LONGEST_SEARCH_DAYS):
            opens, closes = self._hours(day)
            begins = max(opens, start)
            if begins < closes:
                if rest <= closes - begins:
                    return (begins + rest).astimezone(UTC)
                rest -= closes - begins
            day += timedelta(days=1)
        raise ValueError("The desk is never open.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give how much time of work lies between two moments; nothing if the second is not the later one."""
        passed, day, last = _NOTHING, start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            opens, closes = self._hours(day)
            passed += max(_NOTHING, min(closes, end) - max(opens, start))
            day += timedelta(days=1)
        return passed

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        """Give opening and closing of a day in UTC, where differences are real time; the same moment when closed."""
        opens = datetime.combine(day, self.opens, tzinfo=self.zone).astimezone(UTC)
        if day.weekday() not in self.weekdays or self.is_holiday(day):
            return opens, opens
        return opens, datetime.combine(day, self.closes, tzinfo=self.zone).astimezone(UTC)
