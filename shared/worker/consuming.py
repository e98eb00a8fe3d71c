"""Whether a worker still takes messages. After some outages of Redis, kombu is connected again and takes nothing.

Seen with kombu 5.7: the loop idles, messages pile up, no error is raised. So the worker looks at itself and ends when
messages have waited for ten seconds while it worked on none and received none; the process manager starts it again.
Nothing is lost by that: the job rows are the record.
"""

import os
import signal
import time
from collections.abc import Callable
from threading import Event
from typing import Any

import redis
import structlog
from celery import signals
from celery.worker import state

from shared.worker.sending import ordinary_list

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 1.0
_GRACE_SECONDS = 5.0


class ConsumerWatch:
    """Knows when the last message was received, and looks at the queue."""

    def __init__(self, redis_url: str, queue: str, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Watch the consumer of a queue; nothing runs before `watch`."""
        self._redis = redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1)
        self._queue = queue
        self._patience_seconds = patience_seconds
        self._received = 0
        self._idle_since: float | None = None
        self._seen = 0
        signals.task_received.connect(self._note, weak=False)

    def _note(self, **_: Any) -> None:
        self._received += 1

    def is_stuck(self, now: float) -> bool:
        """Tell whether messages have waited too long for a worker with empty hands; `now` is monotonic seconds."""
        if self._received != self._seen or state.active_requests or not self._messages_wait():
            self._seen, self._idle_since = self._received, None
            return False
        if self._idle_since is None:
            self._idle_since = now
        return now - self._idle_since >= self._patience_seconds

    def _messages_wait(self) -> bool:
        """Tell whether messages wait; not so while Redis does not answer, since nobody could take them then."""
        try:
            return any(self._redis.llen(name) for name in (self._queue, ordinary_list(self._queue)))
        except redis.RedisError:
            return False

    def watch(self, stopping: Event, end: Callable[[], None]) -> None:
        """Look once a second until `stopping`; end the worker when it is stuck."""
        while not stopping.wait(_LOOK_SECONDS):
            if self.is_stuck(time.monotonic()):
                log.error("consumer-stopped", queue=self._queue, patience_seconds=self._patience_seconds)
                end()
                return


def end_this_worker() -> None:
    """Ask for a warm end; a worker that cannot even do that is ended at once."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
