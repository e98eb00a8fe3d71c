"""Metrics of a process: rate, errors and duration per route, beside what prometheus-client says of the process."""

import os
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

METRICS_MEDIA_TYPE = CONTENT_TYPE_LATEST

_REQUESTS = Counter("bank_http_requests_total", "HTTP requests answered.", ["service", "method", "route", "status"])
_SECONDS = Histogram(
    "bank_http_request_seconds",
    "Seconds from the first byte of a request to the end of its answer.",
    ["service", "method", "route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
IN_FLIGHT = Gauge("bank_http_requests_in_flight", "HTTP requests being answered now.", ["service"])
CLIENT_REQUESTS = Counter(
    "bank_client_requests_total", "Calls to other services, by how they ended.", ["callee", "outcome"]
)
BREAKER_OPEN = Gauge(
    "bank_client_breaker_open",
    "1 while calls to a service are not tried.",
    ["callee"],
    multiprocess_mode="mostrecent",
)
REVOCATION_POLL_FAILURES = Counter(
    "bank_revocation_poll_failures_total", "Polls of identity's revocations that failed."
)


@lru_cache(maxsize=4096)
def _request_counter(service: str, method: str, route: str, status: int) -> Counter:
    return _REQUESTS.labels(service, method, route, str(status))


@lru_cache(maxsize=1024)
def _request_seconds(service: str, method: str, route: str) -> Histogram:
    return _SECONDS.labels(service, method, route)


def observe_request(*, service: str, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request. `route` is a template of the policy table, never a path that a caller made up."""
    _request_counter(service, method, route, status).inc()
    _request_seconds(service, method, route).observe(seconds)


def render_metrics() -> bytes:
    """Give all metrics of this process in Prometheus' text format.

    A worker whose jobs run in forked processes sets PROMETHEUS_MULTIPROC_DIR: then theirs are summed up with its own.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    ProcessCollector(registry=together)
    return generate_latest(together)
