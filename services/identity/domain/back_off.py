"""Waiting after failed sign-ins: longer each time, and never because of somebody else's failures at another door.

Failures count for an account at each known device, for that account at all unknown devices together, and for a network
address. So a stranger who tries an account's passwords makes other strangers wait, and not the device that its owner
has signed in from before (OWASP: device cookies).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.errors import TooManyRequests

FORGET_AFTER = timedelta(hours=24)


class TooManyTries(TooManyRequests):
    """So many failed that the next try has to wait."""

    code = "auth.too-many-tries"
    title = "Too many failed tries"
    next_step = "Wait as long as Retry-After says, or reset the password."


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures are free, and the longest wait after more of them."""

    free_tries: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class FailedTries:
    """Failures in a row, and the newest one's time."""

    failures: int
    last_failed_at: datetime


def wait_after(tries: FailedTries | None, *, patience: Patience, now: datetime) -> timedelta:
    """Give how long the next try has to wait: 1, 2, 4, … seconds after the free ones, at most `patience.longest`."""
    if tries is None or tries.failures < patience.free_tries or now - tries.last_failed_at > FORGET_AFTER:
        return timedelta(0)
    doubled = timedelta(seconds=2 ** min(tries.failures - patience.free_tries, 20))
    return max(timedelta(0), tries.last_failed_at + min(doubled, patience.longest) - now)


def count_failure(tries: FailedTries | None, *, now: datetime) -> FailedTries:
    """Give the failures with one more; those of more than a day ago are forgotten."""
    before = tries.failures if tries and now - tries.last_failed_at <= FORGET_AFTER else 0
    return FailedTries(failures=before + 1, last_failed_at=now)


def check_wait(wait: timedelta) -> None:
    """Let nobody through who has to wait.

    :raises TooManyTries: with the seconds to wait
    """
    if wait > timedelta(0):
        raise TooManyTries(retry_after_seconds=max(1, -int(-wait.total_seconds() // 1)))
