"""One upstream's state of health: closed (well), holding (it probably restarts), open (it is down: say so at once).

A restart takes a few seconds, so requests that may safely be sent again are first held for a while; only an outage
that lasts longer makes every answer an immediate 503. Not closed, a single try is let through per interval.
"""

from dataclasses import dataclass
from typing import Literal

FAILURES_TO_OPEN = 5
HOLDING_TRY_SECONDS = 0.1
OPEN_TRY_SECONDS = 1.0

State = Literal["closed", "holding", "open"]


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row. Times are seconds of a monotonic clock, passed in."""

    hold_seconds: float
    failures: int = 0
    _first_failed_at: float = 0.0
    _last_failed_at: float = 0.0
    _next_try_at: float = 0.0

    def state(self, now: float) -> State:
        """Give the state."""
        if self.failures < FAILURES_TO_OPEN:
            return "closed"
        return "holding" if self._is_young(now) else "open"

    def may_try(self, now: float) -> bool:
        """Tell whether a request may go out now; asking takes the turn."""
        state = self.state(now)
        if state == "closed":
            return True
        if now < self._next_try_at:
            return False
        self._next_try_at = now + (HOLDING_TRY_SECONDS if state == "holding" else OPEN_TRY_SECONDS)
        return True

    def may_hold(self, now: float) -> bool:
        """Tell whether waiting is worth it: the outage is young, so it may be a restart."""
        return self.failures == 0 or self._is_young(now)

    def worked(self) -> None:
        """Note an answer, whatever it said."""
        self.failures = 0

    def refused(self, now: float) -> None:
        """Note that no connection could be made."""
        # Failures that never opened the breaker and lie long back say nothing about this outage.
        if self.failures < FAILURES_TO_OPEN and now - self._last_failed_at > 2 * self.hold_seconds:
            self.failures = 0
        if self.failures == 0:
            self._first_failed_at = now
        self._last_failed_at = now
        self.failures += 1

    def timed_out(self, now: float) -> None:
        """Note an answer that never came: who waited that long need not be held any longer."""
        self.refused(now)
        if self.failures >= FAILURES_TO_OPEN:
            self._first_failed_at = min(self._first_failed_at, now - self.hold_seconds)

    def _is_young(self, now: float) -> bool:
        return now - self._first_failed_at < self.hold_seconds
