"""The two clocks: real time, and the bank's time, which a sandbox may move forward.

Only this file asks the machine for the time. A use case reads a clock once and passes the answer on.
"""

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache


class _BankOffset:
    """How far the bank's clock stands ahead of the machine's, in this process."""

    value = timedelta()


def now() -> datetime:
    """Give real time in UTC: for tokens, rate limits, leases, breakers and logs."""
    return datetime.now(UTC)


def now_ns() -> int:
    """Give real time in nanoseconds since 1970: for spans."""
    return time.time_ns()


def bank_now() -> datetime:
    """Give the bank's time in UTC: for bookings, hold expiry, limits, service levels and schedules."""
    return now() + _BankOffset.value


def set_bank_offset(seconds: int) -> None:
    """Move the bank's clock ahead of real time by so many seconds; it never goes back.

    :raises ValueError: if the offset would shrink
    """
    offset = timedelta(seconds=seconds)
    if offset < _BankOffset.value:
        raise ValueError("The bank's clock never goes back.")
    _BankOffset.value = offset


def advance_bank_offset(seconds: int) -> None:
    """Move the bank's clock as far as this, unless it stands there or further on already."""
    _BankOffset.value = max(_BankOffset.value, timedelta(seconds=seconds))


@lru_cache(maxsize=64)  # one moment is written many times: every entry of a batch has the same
def format_time(moment: datetime) -> str:
    """Write an aware time as RFC 3339 in UTC with microseconds, so that text sorts as time does.

    :raises ValueError: if the time has no zone
    """
    if moment.tzinfo is None:
        raise ValueError("A time without a zone is not a moment.")
    # Not strftime: its %Y writes the year 999 with three digits, which sorts after 2026.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_time(text: str) -> datetime:
    """Read an RFC 3339 time with a zone.

    :raises ValueError: if the text is no such time
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("A time without a zone is not a moment.")
    return moment.astimezone(UTC)
