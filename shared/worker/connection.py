"""The worker's way to Redis: tried again every two seconds at most, and left without looking back when it breaks.

Both are what a worker needs to outlive an outage, and neither is a setting: Celery waits up to 30 seconds between
tries, and kombu puts unfinished messages back, and acknowledges finished ones, on a connection that is already gone,
which fails with an AttributeError that ends the worker (kombu 5.7; `tests/shared/worker` shows it). The job rows are
the record, so nothing needs to be put back: the sweeper sends it again.
"""

from typing import Any

from celery.app.amqp import AMQP
from kombu import Connection
from kombu.transport import redis

LONGEST_WAIT_SECONDS = 2.0


class ForgetfulChannel(redis.Channel):
    """A channel that neither puts unfinished messages back when it closes nor acknowledges any afterwards."""

    do_restore = False

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Acknowledge a message, if the connection that it came by still stands."""
        if not self._is_left():
            super().basic_ack(delivery_tag, multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Reject a message, if the connection that it came by still stands."""
        if not self._is_left():
            super().basic_reject(delivery_tag, requeue)

    def _is_left(self) -> bool:
        state: Any = self  # the stubs do not know that these change when a connection breaks
        return bool(state.closed or state.connection is None or state.connection.client is None)


class ForgetfulTransport(redis.Transport):
    """Redis with such channels."""

    Channel = ForgetfulChannel


class EagerConnection(Connection):
    """A connection that does not grow tired of trying."""

    def get_transport_cls(self) -> Any:
        """Give the transport of the address; Redis in our way."""
        found = super().get_transport_cls()
        return ForgetfulTransport if found is redis.Transport else found

    def ensure_connection(self, *args: Any, **options: Any) -> Any:
        """Connect, trying again after 0.2 to 2 seconds for as often as the caller allows."""
        options.setdefault("interval_start", 0.2)
        options.setdefault("interval_step", 0.5)
        options.setdefault("interval_max", LONGEST_WAIT_SECONDS)
        return super().ensure_connection(*args, **options)


class EagerAMQP(AMQP):
    """What Celery opens its connections with."""

    Connection = EagerConnection
