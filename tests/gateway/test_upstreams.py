"""An upstream that is down, restarts or hangs: what its callers are told, and that the others do not feel it."""

import asyncio
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

import httpx
import pytest
from aiohttp import web

from gateway import routes
from tests.gateway.conftest import settings_for
from tests.gateway.stand_ins import RunningGateway, Upstream, free_port

KEY = {"Idempotency-Key": "key-1"}


@pytest.fixture
def frail() -> Iterator[Upstream]:
    """An upstream of the test's own, which it may stop."""
    upstream = Upstream().start()
    yield upstream
    upstream.stop()


@pytest.fixture
def door(identity: Upstream, service: Upstream, frail: Upstream) -> Iterator[RunningGateway]:
    """A gateway whose support desk is frail; it holds for one second."""
    running = RunningGateway(settings_for(identity, service, support_url=frail.url, hold_seconds=1.0)).start()
    yield running
    running.stop()


@pytest.fixture
def visitor(door: RunningGateway, signed_in: dict[str, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=door.url, headers=signed_in, timeout=15, trust_env=False) as http:
        yield http


def restart_after(upstream: Upstream, seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, upstream.start)
    timer.start()
    return timer


class TestUpstreams:
    def test_tells_that_a_service_is_down(self, visitor: httpx.Client, frail: Upstream) -> None:
        frail.stop()
        began = time.monotonic()
        answer = visitor.post("/api/v1/tickets", json={})
        assert (answer.status_code, answer.json()["code"]) == (503, "gateway.upstream-unavailable")
        assert answer.headers["retry-after"] == "1"
        assert time.monotonic() - began < 0.5

    def test_holds_a_get_and_a_keyed_post_while_the_service_restarts(
        self, visitor: httpx.Client, frail: Upstream
    ) -> None:
        for call in (
            lambda: visitor.get("/api/v1/tickets"),
            lambda: visitor.post("/api/v1/tickets", json={}, headers=KEY),
        ):
            frail.stop()
            timer = restart_after(frail, 0.4)
            assert call().status_code == 200
            timer.join()

    def test_opens_the_breaker_and_leaves_the_others_fast(
        self, visitor: httpx.Client, door: RunningGateway, frail: Upstream
    ) -> None:
        frail.stop()
        assert visitor.get("/api/v1/tickets").status_code == 503
        times = []
        for _ in range(10):
            began = time.monotonic()
            assert visitor.get("/api/v1/tickets").status_code == 503
            times.append(time.monotonic() - began)
        assert sorted(times)[8] < 0.05
        assert visitor.get("/api/v1/branches").status_code == 200
        assert 'bank_gateway_breaker_state{upstream="support"} 2.0' in httpx.get(door.ops_url + "/metrics").text
        frail.start()
        time.sleep(1.1)
        assert visitor.get("/api/v1/tickets").status_code == 200
        assert visitor.get("/api/v1/tickets").status_code == 200

    def test_tries_a_hanging_service_itself_and_with_nobody_s_request(
        self, visitor: httpx.Client, frail: Upstream, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hangs = True

        async def hang(_request: web.Request, _body: bytes) -> web.StreamResponse:
            if hangs:
                await asyncio.sleep(1.3)
            return web.json_response({})

        frail.behaviour = hang
        monkeypatch.setitem(routes.TIMEOUTS_SECONDS, "interactive", 0.2)
        for _ in range(5):
            assert visitor.get("/api/v1/tickets").json()["code"] == "gateway.deadline-passed"
        frail.seen.clear()
        until, times = time.monotonic() + 2.5, []
        while time.monotonic() < until:
            began = time.monotonic()
            assert visitor.get("/api/v1/tickets").status_code == 503
            times.append(time.monotonic() - began)
            time.sleep(0.02)
        assert statistics.median(times) < 0.05
        assert {one.path for one in frail.seen} == {"/livez"}
        hangs = False
        time.sleep(2.1)
        assert visitor.get("/api/v1/tickets").status_code == 200

    def test_lets_only_so_many_wait_for_one_service(
        self, frail: Upstream, identity: Upstream, signed_in: dict[str, str]
    ) -> None:
        released = threading.Event()

        async def held(_request: web.Request, _body: bytes) -> web.StreamResponse:
            await asyncio.to_thread(released.wait, 9)
            return web.json_response({})

        frail.behaviour = held
        settings = settings_for(identity, frail, requests_per_upstream=4, connections_per_upstream=2)
        running = RunningGateway(settings).start()

        def ask() -> int:
            tickets = f"{running.url}/api/v1/tickets"
            return httpx.get(tickets, headers=signed_in, timeout=9, trust_env=False).status_code

        try:
            with ThreadPoolExecutor(8) as pool:
                asked = [pool.submit(ask) for _ in range(8)]
                # The others are held until these four have their answer: it can only be had at once.
                refused = [done.result() for _, done in zip(range(4), as_completed(asked), strict=False)]
                released.set()
                statuses = sorted(one.result() for one in asked)
        finally:
            released.set()
            running.stop()
        assert refused == [503] * 4
        assert statuses == [200] * 4 + [503] * 4

    def test_lets_a_few_sign_ins_through_at_a_time_and_the_others_in_their_turn(
        self, gateway: RunningGateway, identity: Upstream, service: Upstream
    ) -> None:
        inside, most = 0, 0

        async def count(_request: web.Request, _body: bytes) -> web.StreamResponse:
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.05)
            inside -= 1
            return web.json_response({}, status=401)

        identity.behaviour = count

        def log_in(_number: int) -> int:
            return httpx.post(f"{gateway.url}/api/v1/auth/login", json={}, trust_env=False).status_code

        with ThreadPoolExecutor(16) as pool:
            assert set(pool.map(log_in, range(16))) == {401}
        assert most == gateway.settings.sign_ins_at_once == 4

    def test_sends_a_keyed_post_again_when_the_connection_broke(self, visitor: httpx.Client, frail: Upstream) -> None:
        async def break_first(request: web.Request, _body: bytes) -> web.StreamResponse:
            if len(frail.seen) == 1 and request.transport is not None:
                request.transport.abort()
            return web.json_response({}, status=201)

        frail.behaviour = break_first
        assert visitor.post("/api/v1/tickets", json={"a": 1}, headers=KEY).status_code == 201
        assert [one.headers.get("x-attempt") for one in frail.seen] == [None, "2"]
        assert frail.seen[0].body == frail.seen[1].body

    def test_never_sends_a_post_without_a_key_twice(self, visitor: httpx.Client, frail: Upstream) -> None:
        async def break_off(request: web.Request, _body: bytes) -> web.StreamResponse:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        frail.behaviour = break_off
        assert visitor.post("/api/v1/tickets", json={}).status_code == 503
        assert len(frail.seen) == 1

    def test_answers_503_at_the_deadline(
        self, visitor: httpx.Client, frail: Upstream, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def sleep(_request: web.Request, _body: bytes) -> web.StreamResponse:
            await asyncio.sleep(2)
            return web.Response()

        frail.behaviour = sleep
        monkeypatch.setitem(routes.TIMEOUTS_SECONDS, "interactive", 0.3)
        began = time.monotonic()
        answer = visitor.get("/api/v1/tickets")
        assert (answer.status_code, answer.json()["code"]) == (503, "gateway.deadline-passed")
        assert 0.2 < time.monotonic() - began < 1.8

    def test_cuts_an_answer_that_broke_off(self, visitor: httpx.Client, frail: Upstream) -> None:
        async def half(request: web.Request, _body: bytes) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"x" * 100_000)
            assert request.transport is not None
            request.transport.abort()
            return response

        frail.behaviour = half
        with pytest.raises(httpx.RemoteProtocolError):
            visitor.get("/api/v1/tickets")

    def test_says_so_when_identity_s_keys_cannot_be_had(self, service: Upstream, signed_in: dict[str, str]) -> None:
        nobody = Upstream(port=free_port())
        running = RunningGateway(settings_for(nobody, service)).start()
        try:
            answer = httpx.get(running.url + "/api/v1/accounts", headers=signed_in, trust_env=False)
            assert (answer.status_code, answer.json()["code"]) == (503, "service.unavailable")
            assert httpx.get(running.url + "/api/v1/branches", trust_env=False).status_code == 200
        finally:
            running.stop()
