"""Settings of the support desk; own ones start with SUPPORT_."""

from datetime import date, time, timedelta
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.support.domain.business_time import BusinessHours
from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import Priority
from shared.errors import FaultAtStart
from shared.settings import ServiceSettings, service_config


class SupportSettings(ServiceSettings):
    """Where the desk listens and keeps its store, when it is there, and what it promises."""

    model_config = service_config("SUPPORT_")
    service: ClassVar[str] = "support"

    port: int = 8004
    time_zone: str = "Europe/Berlin"
    opens: time = time(9)
    closes: time = time(18)
    holidays_of: str = "DE"
    """The country, or country and region as in DE-BE, on whose public holidays the desk is closed."""

    first_response_minutes: dict[Priority, int] = {"urgent": 60, "high": 240, "normal": 540, "low": 1080}  # noqa: RUF012
    resolution_minutes: dict[Priority, int] = {"urgent": 480, "high": 1080, "normal": 2700, "low": 5400}  # noqa: RUF012
    """Minutes of work by priority; a day of the desk has 540."""

    close_resolved_after_days: int = 7

    @cached_property
    def service_levels(self) -> ServiceLevels:
        """Give what the desk promises, on its own calendar.

        :raises FaultAtStart: if the zone or the holidays are of no place, or the desk closes before it opens
        """
        from holidays import country_holidays  # a tenth of a second, which only who counts time pays

        country, _, region = self.holidays_of.partition("-")
        try:
            zone, calendar = ZoneInfo(self.time_zone), country_holidays(country, subdiv=region or None)
        except (ZoneInfoNotFoundError, NotImplementedError, ValueError, OSError):
            raise FaultAtStart("SUPPORT_TIME_ZONE or SUPPORT_HOLIDAYS_OF names no place that is known.") from None
        if self.closes <= self.opens:
            raise FaultAtStart("SUPPORT_CLOSES must be later than SUPPORT_OPENS.")

        def is_holiday(day: date) -> bool:
            return day in calendar

        hours = BusinessHours(zone, self.opens, self.closes, is_holiday)
        return ServiceLevels(
            hours,
            {
                "first-response": _as_time(self.first_response_minutes),
                "resolution": _as_time(self.resolution_minutes),
            },
        )


def _as_time(minutes: dict[Priority, int]) -> dict[Priority, timedelta]:
    return {priority: timedelta(minutes=count) for priority, count in minutes.items()}
