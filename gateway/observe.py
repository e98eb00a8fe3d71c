"""What is counted and written down of each exchange: templates and states, never paths, queries, bodies or tokens."""

from functools import lru_cache

import structlog
from prometheus_client import Counter, Gauge, Histogram

from gateway.exchange import Exchange

_log = structlog.get_logger("bank.access")

_REQUESTS = Counter(
    "bank_gateway_requests_total", "Requests answered at the gateway.", ["upstream", "method", "route", "status"]
)
_SECONDS = Histogram(
    "bank_gateway_request_seconds",
    "Seconds from the first byte of a request to the end of its answer.",
    ["upstream", "method", "route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
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
    """Count an exchange and write its line of the access log."""
    method = exchange.method if exchange.method in _METHODS else "other"
    _counter(exchange.upstream, method, exchange.template, exchange.status).inc()
    _histogram(exchange.upstream, method, exchange.template).observe(seconds)
    _log.info(
        "request",
        method=method,
        route=exchange.template,
        upstream=exchange.upstream,
        status=exchange.status,
        milliseconds=round(seconds * 1000, 1),
        user_id=exchange.user_id,
    )
