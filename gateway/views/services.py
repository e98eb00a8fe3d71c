"""`/api/v1/services`: how each service does, for staff: the four figures that matter first, and its dashboard.

Of this gateway process alone: where several serve the bank, each tells of the requests that came through it.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from pydantic import BaseModel, Field

from gateway.breaker import State
from gateway.exchange import Answer
from gateway.figures import Figures, Tally, quantile_seconds
from gateway.headers import NO_STORE
from gateway.routes import UPSTREAMS, Upstream

ServiceName = Literal["identity", "accounts", "transactions", "support", "notifications"]
Load = Callable[[Upstream], tuple[int, int]]
"""Gives how many requests are with a service now, and how many may be."""


class ServiceAnswer(BaseModel):
    """One service over the last `window_seconds`: traffic, errors (5xx), latency, saturation; how its breaker stands.

    Times are in milliseconds, null where nothing was asked. `dashboard` is null where the bank names no Grafana.
    """

    service: ServiceName
    state: Literal["closed", "holding", "open"]
    window_seconds: int
    requests: int
    requests_per_second: float
    faults: int
    fault_share: float = Field(ge=0, le=1)
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    in_flight: int
    in_flight_limit: int
    dashboard: str | None


class ServiceList(BaseModel):
    """Every service behind the gateway, in a fixed order."""

    items: list[ServiceAnswer]
    next: str | None = None


def services_answer(
    *, figures: Figures, at: float, states: Mapping[str, State], load: Load, grafana_url: str
) -> Answer:
    """Give the figures as an answer.

    :param at: the loop's time
    :param grafana_url: empty: there is none
    """
    items = []
    for name in UPSTREAMS:
        seconds, counted = figures.of(name, at)
        in_flight, limit = load(name)
        items.append(
            ServiceAnswer(
                service=name,
                state=states[name],
                window_seconds=round(seconds),
                requests=counted.requests,
                requests_per_second=round(counted.requests / max(seconds, 1.0), 2),
                faults=counted.faults,
                fault_share=round(counted.faults / counted.requests, 6) if counted.requests else 0.0,
                p50_ms=_milliseconds(counted, 0.5),
                p95_ms=_milliseconds(counted, 0.95),
                p99_ms=_milliseconds(counted, 0.99),
                in_flight=in_flight,
                in_flight_limit=limit,
                dashboard=f"{grafana_url}/d/strongroom-{name}" if grafana_url else None,
            )
        )
    return Answer(200, ServiceList(items=items).model_dump_json().encode(), headers=[NO_STORE])


def _milliseconds(counted: Tally, share: float) -> float | None:
    found = quantile_seconds(counted.times, share)
    return None if found is None else round(found * 1000, 1)
