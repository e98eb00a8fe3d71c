"""The bank's own holidays: days on which it is closed beside those of its calendar, and which days may be such."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.transactions.domain.bank_calendar import BankCalendar
from shared.errors import Conflict, Invalid, NotFound

FURTHEST_DAYS = 3_660
"""How far ahead the bank plans."""

LONGEST_CLOSED_DAYS = 10
"""At most so many days lie between two banking days: an end of day values what it books that far ahead."""

_DAY = timedelta(days=1)


class HolidayNotFound(NotFound):
    """The bank has no holiday of its own on this day."""

    code = "transactions.holiday-not-found"
    title = "The bank has no holiday of its own on this day"
    next_step = "Choose one of the days that GET /api/v1/holidays lists as own; the calendar's cannot be taken out."


class BadHoliday(Invalid):
    """The day is today's business date, before it, or further ahead than the bank plans."""

    code = "transactions.bad-holiday"
    title = "This day can be neither made nor unmade a holiday"
    next_step = "Choose a day after the business date and at most ten years ahead."


class AlreadyClosed(Conflict):
    """The day is no banking day anyway: a weekend, a holiday of the calendar, or one of the bank's own."""

    code = "transactions.already-closed"
    title = "The bank is closed on this day anyway"
    next_step = "Choose a banking day; GET /api/v1/holidays lists the others."


class ClosedTooLong(Conflict):
    """The bank would be closed for more days in a row than it may."""

    code = "transactions.closed-too-long"
    title = "The bank would be closed for too long"
    next_step = "Leave a banking day in between."


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of the bank's own: who kept it, when by the real clock, and why."""

    day: date
    name: str
    reason: str
    kept_by: str
    kept_at: datetime


def require_ahead(day: date, *, business_date: date) -> None:
    """Check that a day lies ahead: what was due until today has come about by the calendar as it was.

    :param business_date: the one that is open; while it is being ended, the next one
    :raises BadHoliday: if it does not, or lies too far ahead
    """
    if not business_date < day <= business_date + timedelta(days=FURTHEST_DAYS):
        raise BadHoliday(
            f"The business date is {business_date.isoformat()}.",
            day=day.isoformat(),
            business_date=business_date.isoformat(),
        )


def require_new_holiday(day: date, *, calendar: BankCalendar, business_date: date) -> None:
    """Check that a day can become a holiday.

    :param calendar: with the holidays that the bank has of its own
    :raises BadHoliday: if it does not lie ahead
    :raises AlreadyClosed: if it is no banking day
    :raises ClosedTooLong: if the banking days before and after it were too far from each other
    """
    require_ahead(day, business_date=business_date)
    if not calendar.is_banking_day(day):
        raise AlreadyClosed("It is no banking day.", day=day.isoformat())
    closed = (calendar.following(day + _DAY) - calendar.preceding(day - _DAY)).days - 1
    if closed > LONGEST_CLOSED_DAYS:
        raise ClosedTooLong(
            f"It would be closed for {closed} days in a row.", days=closed, longest_days=LONGEST_CLOSED_DAYS
        )
