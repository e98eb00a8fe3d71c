"""Standing orders and transfers for a later day: what may be ordered, and what becomes of an occurrence."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from services.transactions.domain.bank_calendar import BankCalendar, CalendarRule
from services.transactions.domain.rhythm import Rhythm, first_number_on, nominal_day
from shared.errors import Conflict, Invalid, NotFound

Status = Literal["active", "paused", "ended", "cancelled"]
FURTHEST_YEAR = 2200


class OrderNotFound(NotFound):
    """There is no such order, or it is another person's: both answer alike."""

    code = "transactions.order-not-found"
    title = "There is no such standing order"
    next_step = "Choose one of the orders that GET /api/v1/standing-orders lists."


class OrderEnded(Conflict):
    """The order has ended or was cancelled, so it does not change any more."""

    code = "transactions.order-ended"
    title = "The standing order has ended"
    next_step = "Make a new order."


class BadOrderDays(Invalid):
    """The order would begin before today, end before it begins, or never fall due."""

    code = "transactions.bad-order-days"
    title = "The order's days cannot be"
    next_step = "Let it begin today or later, and end on or after the day it begins."


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """An order; amounts in minor units. `next_due_on` is the next occurrence's day by the calendar rule."""

    id: str
    account_id: str
    customer_id: str
    to_account_number: str
    amount_minor: int
    currency: str
    description: str
    rhythm: Rhythm
    start_on: date
    end_on: date | None
    calendar_rule: CalendarRule
    retries: int
    status: Status
    next_number: int
    next_due_on: date | None
    version: int
    created_at: datetime
    updated_at: datetime

    def nominal(self, number: int) -> date | None:
        """Give the nominal day of an occurrence, None after the last one."""
        return nominal_day(start_on=self.start_on, rhythm=self.rhythm, number=number, end_on=self.end_on)

    def upcoming(self, calendar: BankCalendar, *, limit: int) -> list[date]:
        """Give the next days on which it falls due."""
        found: list[date] = []
        number = self.next_number
        while self.status == "active" and len(found) < limit and (day := self.nominal(number)) is not None:
            found.append(calendar.roll(day, self.calendar_rule))
            number += 1
        return found

    def at(self, number: int, calendar: BankCalendar) -> "StandingOrder":
        """Give the order with this occurrence as its next; without one it has ended."""
        day = self.nominal(number)
        if day is None:
            return replace(self, next_number=number, next_due_on=None, status="ended")
        return replace(self, next_number=number, next_due_on=calendar.roll(day, self.calendar_rule))


def require_days(order: StandingOrder, *, today: date) -> None:
    """Check the days of a new order.

    :raises BadOrderDays: if it begins in the past, ends before it begins, or ends never to fall due
    """
    if order.start_on < today or order.start_on.year >= FURTHEST_YEAR or order.nominal(0) is None:
        raise BadOrderDays(
            f"Today is {today.isoformat()}.", today=today.isoformat(), start_on=order.start_on.isoformat()
        )


def resumed(order: StandingOrder, *, today: date, calendar: BankCalendar) -> StandingOrder:
    """Give a paused order as active again, with the first occurrence from today on."""
    number = max(order.next_number, first_number_on(start_on=order.start_on, rhythm=order.rhythm, day=today))
    return replace(order, status="active").at(number, calendar)


def require_changeable(order: StandingOrder) -> None:
    """Check that an order has not ended.

    :raises OrderEnded: if it has
    """
    if order.status in ("ended", "cancelled"):
        raise OrderEnded(f"The order is {order.status}.", order_status=order.status)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of an order and what became of it."""

    order_id: str
    nominal_on: date
    due_on: date
    state: str
    tries: int
    next_try_on: date
    entry_id: str | None = None
    refusal: str | None = None
    tried_on: date | None = None

    @property
    def key(self) -> str:
        """Give the key of the next try: a refusal is kept under its own, so the next try is decided anew."""
        return f"standing-order:{self.order_id}:{self.nominal_on.isoformat()}:{self.tries + 1}"


def after_try(
    occurrence: Occurrence, *, retries: int, entry_id: str | None, refusal: str | None, day: date, next_date: date
) -> Occurrence:
    """Give an occurrence after a try: booked, to be tried again on the next business date, or failed for good."""
    tried = replace(occurrence, tries=occurrence.tries + 1, tried_on=day, entry_id=entry_id, refusal=refusal)
    if entry_id is not None:
        return replace(tried, state="booked")
    if tried.tries > retries:
        return replace(tried, state="failed")
    return replace(tried, next_try_on=next_date)
