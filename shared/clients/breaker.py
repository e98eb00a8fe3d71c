"""A circuit breaker for one callee: after five failures in a row nothing is tried for two seconds, then one call is.

Our own because purgatory's synchronous breaker is not safe between threads and lets every waiting call probe at once.
"""

import threading
import time

from shared.observability.metrics import BREAKER_OPEN

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 2.0


class Breaker:
    """Counts failures in a row of one callee; safe between threads."""

    def __init__(self, callee: str, *, failures: int = FAILURES_TO_OPEN, open_seconds: float = OPEN_SECONDS) -> None:
        """Begin closed: calls are tried."""
        self._failures_to_open = failures
        self._open_seconds = open_seconds
        self._failures = 0
        self._open_until = 0.0
        self._gauge = BREAKER_OPEN.labels(callee)
        self._lock = threading.Lock()

    def may_try(self) -> bool:
        """Tell whether to call now; when the pause is over, one caller may probe and the others wait for it."""
        with self._lock:
            if self._failures < self._failures_to_open:
                return True
            now = time.monotonic()
            if now < self._open_until:
                return False
            self._open_until = now + self._open_seconds
            return True

    def succeeded(self) -> None:
        """Note an answer: the callee lives."""
        with self._lock:
            self._failures = 0
            self._gauge.set(0)

    def failed(self) -> None:
        """Note a call without a useful answer."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._failures_to_open:
                self._open_until = time.monotonic() + self._open_seconds
                self._gauge.set(1)
