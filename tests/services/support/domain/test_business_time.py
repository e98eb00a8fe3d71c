"""Time as the desk works."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.support.domain.business_time import BusinessHours
from services.support.settings import SupportSettings
from shared.errors import FaultAtStart

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
HOURS = SupportSettings().service_levels.hours


def at(text: str) -> datetime:
    """Read a moment on the desk's own clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


class TestAdd:
    @pytest.mark.parametrize(
        ("start", "amount", "end"),
        [
            # Friday 17:55 with one hour: five minutes are left that day.
            ("2026-11-20T17:55", HOUR, "2026-11-23T09:55"),
            # Easter: Good Friday and Easter Monday are holidays, so Thursday's hour ends on Tuesday.
            ("2026-04-02T17:55", HOUR, "2026-04-07T09:55"),
            # Friday 17:55 before Whit Monday: Tuesday.
            ("2026-05-22T17:55", HOUR, "2026-05-26T09:55"),
            ("2026-11-23T10:00", HOUR, "2026-11-23T11:00"),
            ("2026-11-23T03:00", HOUR, "2026-11-23T10:00"),
            ("2026-11-21T12:00", HOUR, "2026-11-23T10:00"),
            ("2026-11-23T09:00", 9 * HOUR, "2026-11-23T18:00"),
            ("2026-11-23T09:00", 9 * HOUR + timedelta(minutes=1), "2026-11-24T09:01"),
            # Over the end of summer time the day has its nine hours by the clock on the wall.
            ("2026-10-23T17:00", 2 * HOUR, "2026-10-26T10:00"),
        ],
    )
    def test_counts_only_while_the_desk_is_open(self, start: str, amount: timedelta, end: str) -> None:
        assert HOURS.add(at(start), amount) == at(end)

    def test_ends_where_a_desk_never_opens(self) -> None:
        never = BusinessHours(BERLIN, time(9), time(18), lambda _day: True)
        with pytest.raises(ValueError, match="never"):
            never.add(at("2026-11-23T09:00"), HOUR)


class TestBetween:
    @pytest.mark.parametrize(
        ("start", "end", "minutes"),
        [
            ("2026-11-20T17:55", "2026-11-23T09:55", 60),
            ("2026-05-22T17:55", "2026-05-26T09:55", 60),
            ("2026-11-21T00:00", "2026-11-22T23:00", 0),
            ("2026-11-23T11:00", "2026-11-23T10:00", 0),
            ("2026-11-23T08:00", "2026-11-24T20:00", 18 * 60),
        ],
    )
    def test_is_what_add_would_add(self, start: str, end: str, minutes: int) -> None:
        assert HOURS.between(at(start), at(end)) == timedelta(minutes=minutes)


class TestSettings:
    @pytest.mark.parametrize(
        "wrong",
        [{"time_zone": "Nowhere/Land"}, {"holidays_of": "XX"}, {"holidays_of": "DE-ZZ"}, {"closes": time(8)}],
    )
    def test_name_a_place_and_hours_that_exist(self, wrong: dict[str, object]) -> None:
        with pytest.raises(FaultAtStart, match="SUPPORT_"):
            _ = SupportSettings(**wrong).service_levels
