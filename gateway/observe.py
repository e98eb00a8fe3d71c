"""What is counted and written down of each exchange: templates and states, never paths, queries, bodies or tokens."""

import asyncio
import logging
import sys
from functools import lru_cache

import orjson
from prometheus_client import Counter, Gauge, Histogram

from gateway.exchange import Exchange
from gateway.figures import BOUNDS_SECONDS, TALLIES
from shared.clock import format_time, now, now_ns
from shared.observability.tracing import is_recorded, record_span

_LOG_NAME = "bank.access"
_FLUSH_SECONDS = 0.1
_log = logging.getLogger(_LOG_NAME)

_REQUESTS = Counter(
    "bank_gateway_requests_total", "Requests answered at the gateway.", ["upstream", "method", "route", "status"]
)
_SECONDS = Histogram(
    "bank_gateway_request_seconds",
    "Seconds from the first byte of a request to the end of its answer.",
    ["upstream", "method", "route"],
    buckets=BOUNDS_SECONDS,
)
BREAKER_STATE = Gauge(
    "bank_gateway_breaker_state", "0 closed, 1 holding (a restart is likely), 2 open (down).", ["upstream"]
)
IN_FLIGHT = Gauge("bank_gateway_requests_in_flight", "Requests being answered now.")

# What a client writes as a method must not make up a time series.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@lru_cache(maxsize=4096)
def _counter(upstream: str, method: str, route: str, status: int) -> Counter:
    return _REQUESTS.labels(upstream, method, route, str(status))


@lru_cache(maxsize=1024)
def _histogram(upstream: str, method: str, route: str) -> Histogram:
    return _SECONDS.labels(upstream, method, route)


def observe(exchange: Exchange, *, seconds: float) -> None:
    """Count an exchange, write its line of the access log, and record its span if its trace is recorded."""
    method = exchange.method if exchange.method in _METHODS else "other"
    _counter(exchange.upstream, method, exchange.template, exchange.status).inc()
    _histogram(exchange.upstream, method, exchange.template).observe(seconds)
    TALLIES[exchange.upstream].add(template=exchange.template, status=exchange.status, seconds=seconds)
    if is_recorded(exchange.traceparent):
        _record(exchange, method, seconds)
    if _log.isEnabledFor(logging.INFO):
        ACCESS_LOG.add(
            {
                "method": method,
                "route": exchange.template,
                "upstream": exchange.upstream,
                "status": exchange.status,
                "milliseconds": round(seconds * 1000, 1),
                "user_id": exchange.user_id,
                "event": "request",
                "level": "info",
                "logger": _LOG_NAME,
                "timestamp": format_time(now()),
                "request_id": exchange.request_id,
                "trace_id": exchange.traceparent[3:35],
                "service": "gateway",
            }
        )


def _record(exchange: Exchange, method: str, seconds: float) -> None:
    route, status = exchange.template, exchange.status
    record_span(
        f"{method} {route}",
        traceparent=exchange.traceparent,
        parent=exchange.parent,
        kind="SERVER",
        began_ns=now_ns() - int(seconds * 1e9),
        attributes={"http.route": route, "http.request.method": method, "http.response.status_code": status},
        failed=status >= 500,
    )


class AccessLog:
    """Writes the lines that every other logger would write, but many at a time: within a tenth of a second.

    A line of its own path through the logging library costs more than all else that this gateway does for a request.
    """

    def __init__(self) -> None:
        """Begin with nothing to write."""
        self._lines: list[bytes] = []

    def add(self, line: dict[str, object]) -> None:
        """Take a line; the running loop will write it."""
        if not self._lines:
            asyncio.get_running_loop().call_later(_FLUSH_SECONDS, self.flush)
        self._lines.append(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))

    def flush(self) -> None:
        """Write what gathered."""
        written, self._lines = b"".join(self._lines), []
        sys.stdout.write(written.decode())
        sys.stdout.flush()


ACCESS_LOG = AccessLog()
