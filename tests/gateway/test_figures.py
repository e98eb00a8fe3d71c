"""The figures of the services: counted by window, told to staff, with the way to each dashboard."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from aiohttp import web
from pydantic import ValidationError

from gateway.figures import BOUNDS_SECONDS, TALLIES, WINDOW_SECONDS, Figures, Tally, quantile_seconds
from gateway.settings import GatewaySettings
from tests.builders.tokens import TokenMaker
from tests.gateway.conftest import settings_for
from tests.gateway.stand_ins import RunningGateway, Upstream

PATH = "/api/v1/services"


@pytest.fixture
def sam(tokens: TokenMaker) -> dict[str, str]:
    """Give the headers of a supervisor."""
    return {"Authorization": f"Bearer {tokens.sign(roles=['supervisor'], cid=None)}"}


@pytest.fixture
def fresh(identity: Upstream, service: Upstream) -> Iterator[httpx.Client]:
    """Give a way to a gateway that has just begun to count, of a bank with Grafana."""
    running = RunningGateway(settings_for(identity, service, grafana_url="https://grafana.example.org/at")).start()
    with httpx.Client(base_url=running.url, timeout=15, trust_env=False) as http:
        yield http
    running.stop()


def told(client: httpx.Client, headers: dict[str, str], service: str) -> dict[str, Any]:
    """Give what the gateway tells of a service."""
    answer = client.get(PATH, headers=headers)
    assert answer.status_code == 200, answer.text
    [found] = [one for one in answer.json()["items"] if one["service"] == service]
    return dict(found)


class TestTally:
    def test_counts_faults_but_no_refusals(self) -> None:
        tally = Tally()
        for status in (200, 404, 409, 503, 500):
            tally.add(template="/api/v1/accounts", status=status, seconds=0.003)
        assert (tally.requests, tally.faults, sum(tally.times)) == (5, 2, 5)

    def test_does_not_time_a_stream(self) -> None:
        tally = Tally()
        tally.add(template="/api/v1/notifications/stream", status=200, seconds=600)
        assert (tally.requests, sum(tally.times)) == (1, 0)


class TestQuantile:
    def test_is_spread_evenly_within_its_bucket(self) -> None:
        times = [0] * (len(BOUNDS_SECONDS) + 1)
        assert quantile_seconds(times, 0.5) is None
        times[2] = 100  # 2.5 to 5 ms
        assert quantile_seconds(times, 0.5) == pytest.approx(0.00375)
        assert quantile_seconds(times, 1) == pytest.approx(0.005)
        times[-1] = 900  # longer than the last bound
        assert quantile_seconds(times, 0.5) == 10
        assert quantile_seconds(times, 0.05) == pytest.approx(0.00375)


class TestFigures:
    def test_are_those_of_the_last_minutes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.figures.TALLIES", (mine := type(TALLIES)(Tally)))
        figures = Figures()
        for second in range(0, 1_000, 10):
            figures.sample(float(second))
            mine["support"].add(template="/api/v1/tickets", status=200, seconds=0.1)
        seconds, counted = figures.of("support", 1_000.0)
        assert (seconds, counted.requests) == (WINDOW_SECONDS, 30)
        assert figures.of("accounts", 1_000.0)[1].requests == 0


class TestServices:
    def test_are_told_to_staff_with_what_was_counted(
        self, fresh: httpx.Client, service: Upstream, sam: dict[str, str]
    ) -> None:
        async def broken(_request: web.Request, _body: bytes) -> web.StreamResponse:
            return web.json_response({}, status=500)

        assert told(fresh, sam, "support")["p50_ms"] is None
        assert fresh.get("/api/v1/tickets", headers=sam).status_code == 200
        service.behaviour = broken
        assert fresh.get("/api/v1/tickets", headers=sam).status_code == 500
        found = told(fresh, sam, "support")
        assert (found["requests"], found["faults"], found["fault_share"]) == (2, 1, 0.5)
        assert 0 < found["p50_ms"] <= found["p95_ms"] <= found["p99_ms"]
        assert (found["state"], found["in_flight"], found["in_flight_limit"]) == ("closed", 0, 1024)
        assert found["dashboard"] == "https://grafana.example.org/at/d/strongroom-support"

    def test_have_what_is_under_way_as_their_load(
        self, client: httpx.Client, service: Upstream, sam: dict[str, str]
    ) -> None:
        seen: list[int] = []

        async def slow(_request: web.Request, _body: bytes) -> web.StreamResponse:
            async with httpx.AsyncClient(base_url=client.base_url, headers=sam, trust_env=False) as inner:
                items = (await inner.get(PATH)).json()["items"]
            seen.extend(one["in_flight"] for one in items if one["service"] == "accounts")
            return web.json_response({})

        service.behaviour = slow
        assert client.get("/api/v1/accounts", headers=sam).status_code == 200
        assert seen == [1]

    def test_are_no_business_of_customers_or_strangers(self, client: httpx.Client, signed_in: dict[str, str]) -> None:
        assert client.get(PATH, headers=signed_in).status_code == 403
        assert client.get(PATH).status_code == 401
        assert client.post(PATH, json={}).status_code == 405

    def test_lead_to_dashboards_that_there_are(self, client: httpx.Client, sam: dict[str, str]) -> None:
        from cli.dashboards.__main__ import boards

        uids = {board.uid for board in boards()}
        items = client.get(PATH, headers=sam).json()["items"]
        assert {f"strongroom-{one['service']}" for one in items} <= uids
        assert {one["dashboard"] for one in items} == {None}, "a bank without Grafana"

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "grafana", "https://", "https://a/?q=1", "https://a/"])
    def test_lead_nowhere_but_to_an_address(self, address: str) -> None:
        with pytest.raises(ValidationError):
            GatewaySettings(environment="sandbox", grafana_url=address)
        assert GatewaySettings(environment="sandbox", grafana_url="").grafana_url == ""
