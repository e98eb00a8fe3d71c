"""The business date: the day that entries are booked on. It goes forward only, by the end of the day before."""

from datetime import date

from shared.errors import Conflict, Forbidden


class WrongBusinessDate(Conflict):
    """Another business date is open than the one that shall be closed, or the next one would not be later."""

    code = "transactions.wrong-business-date"
    title = "Another business date is open"
    next_step = "Read GET /api/v1/business-date; the end of day goes on by itself."


def require_next_date(*, open_date: date, closing: date, opening: date) -> None:
    """Check that the date to be closed is the one that is open, and the next one later.

    :raises WrongBusinessDate: if it is not
    """
    if closing != open_date or opening <= closing:
        raise WrongBusinessDate(
            f"Open is {open_date.isoformat()}.", business_date=open_date.isoformat(), closing=closing.isoformat()
        )


class ClockFixed(Forbidden):
    """Only a sandbox's clock can be moved."""

    code = "transactions.clock-fixed"
    title = "This bank's clock cannot be moved"
    next_step = "Wait for the end of the day; only a sandbox moves its clock."


class AlreadyAdvancing(Conflict):
    """The clock is being moved; one request is gone through at a time."""

    code = "transactions.already-advancing"
    title = "The clock is being moved already"
    next_step = "Wait until GET /api/v1/business-date says open, then ask again."


def require_movable_clock(sandbox: bool) -> None:
    """Check that the bank is a sandbox.

    :raises ClockFixed: if it is not
    """
    if not sandbox:
        raise ClockFixed("Only a sandbox moves its clock.")
