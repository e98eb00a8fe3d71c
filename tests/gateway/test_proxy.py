"""Forwarding: what reaches a service, what comes back, and what never passes."""

import asyncio
import http.client
import json
import socket
import time
from datetime import timedelta

import httpx
import pytest
from aiohttp import web

from gateway.routes import TIMEOUTS_SECONDS
from shared.clock import now
from shared.observability.context import accept_deadline
from tests.gateway.stand_ins import RunningGateway, Upstream

BALANCES = "/api/v1/balances"


class TestForward:
    def test_passes_method_path_query_and_body(
        self, client: httpx.Client, service: Upstream, signed_in: dict[str, str]
    ) -> None:
        answer = client.post("/api/v1/transfers?dry=a%2Fb", json={"amount_minor": 1}, headers=signed_in)
        assert answer.status_code == 200
        assert service.seen[0].method == "POST"
        assert service.seen[0].path == "/api/v1/transfers?dry=a%2Fb"
        assert json.loads(service.seen[0].body) == {"amount_minor": 1}
        assert service.seen[0].headers["authorization"] == signed_in["Authorization"]

    def test_chooses_the_upstream_by_the_table(
        self, client: httpx.Client, identity: Upstream, service: Upstream
    ) -> None:
        client.post("/api/v1/auth/login", json={})
        client.get("/api/v1/branches")
        assert [one.path for one in identity.seen] == ["/api/v1/auth/login"]
        assert [one.path for one in service.seen] == ["/api/v1/branches"]

    def test_passes_the_service_s_status_headers_and_problem(self, client: httpx.Client, service: Upstream) -> None:
        async def refuse(_request: web.Request, _body: bytes) -> web.StreamResponse:
            headers = {"ETag": '"3"', "Idempotency-Replayed": "true"}
            return web.json_response(
                {"code": "x.y"}, status=409, content_type="application/problem+json", headers=headers
            )

        service.behaviour = refuse
        answer = client.get("/api/v1/branches")
        assert (answer.status_code, answer.json()) == (409, {"code": "x.y"})
        assert answer.headers["etag"] == '"3"'
        assert answer.headers["idempotency-replayed"] == "true"

    def test_forwards_head_as_head(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.head("/api/v1/branches")
        assert answer.status_code == 200
        assert answer.content == b""
        assert service.seen[0].method == "HEAD"

    def test_streams_an_event_stream_as_it_comes(self, client: httpx.Client, service: Upstream) -> None:
        async def stream(request: web.Request, _body: bytes) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
            await response.prepare(request)
            for number in range(3):
                await response.write(f"data: {number}\n\n".encode())
                await asyncio.sleep(0.15)
            return response

        service.behaviour = stream
        arrived = []
        with client.stream("GET", "/api/v1/announcements") as answer:
            arrived.extend((part, time.monotonic()) for part in answer.iter_text())
        assert "".join(part for part, _ in arrived) == "data: 0\n\ndata: 1\n\ndata: 2\n\n"
        assert arrived[-1][1] - arrived[0][1] > 0.2

    def test_ends_the_upstream_s_stream_when_the_client_hangs_up(self, client: httpx.Client, service: Upstream) -> None:
        ended = []

        async def endless(request: web.Request, _body: bytes) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
            await response.prepare(request)
            try:
                while True:
                    await response.write(b"data: x\n\n")
                    await asyncio.sleep(0.02)
            finally:
                ended.append(True)

        service.behaviour = endless
        with client.stream("GET", "/api/v1/announcements") as answer:
            next(answer.iter_raw())
        until = time.monotonic() + 3
        while not ended and time.monotonic() < until:
            time.sleep(0.02)
        assert ended

    def test_passes_a_large_answer_whole(self, client: httpx.Client, service: Upstream) -> None:
        async def large(_request: web.Request, _body: bytes) -> web.StreamResponse:
            return web.Response(body=b"x" * 3_000_000)

        service.behaviour = large
        assert len(client.get("/api/v1/branches").content) == 3_000_000


class TestHeaderHygiene:
    def test_drops_what_a_client_may_not_say(self, client: httpx.Client, service: Upstream) -> None:
        spoofed = [
            "X-User-Id",
            "X-User-Roles",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Forwarded",
            "X-Attempt",
            "Cookie",
        ]
        spoofed += ["X-HTTP-Method-Override", "X-Original-URL", "Proxy-Authorization", "TE", "Upgrade", "X-Internal"]
        headers = dict.fromkeys(spoofed, "evil") | {"X-Client-Address": "6.6.6.6", "X-Deadline": "99999999999999"}
        client.get("/api/v1/branches", headers=headers)
        seen = service.seen[0].headers
        assert "evil" not in seen.values()
        assert seen["x-client-address"] == "127.0.0.1"
        assert accept_deadline(seen["x-deadline"]) <= now() + timedelta(seconds=10)

    def test_passes_what_the_api_reads(
        self, client: httpx.Client, service: Upstream, signed_in: dict[str, str]
    ) -> None:
        passed = {
            "Idempotency-Key": "k-1",
            "If-Match": '"3"',
            "Step-Up": "jwt",
            "User-Agent": "tests/1",
            "Accept": "a/b",
        }
        client.post("/api/v1/transfers", json={}, headers=passed | signed_in)
        assert {name: service.seen[0].headers[name.lower()] for name in passed} == passed

    def test_makes_a_request_id_and_gives_it_back(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.get("/api/v1/branches")
        assert answer.headers["x-request-id"] == service.seen[0].headers["x-request-id"]

    def test_keeps_a_well_formed_request_id_and_trace(self, client: httpx.Client, service: Upstream) -> None:
        trace = "0af7651916cd43dd8448eb211c80319c"
        headers = {"X-Request-Id": "order-66", "traceparent": f"00-{trace}-b7ad6b7169203331-01"}
        assert client.get("/api/v1/branches", headers=headers).headers["x-request-id"] == "order-66"
        assert service.seen[0].headers["traceparent"].split("-")[1] == trace

    def test_replaces_a_malformed_request_id(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.get("/api/v1/branches", headers={"X-Request-Id": "a b<script>"})
        assert "script" not in answer.headers["x-request-id"]
        assert "script" not in service.seen[0].headers["x-request-id"]

    @pytest.mark.parametrize("name", ["Authorization", "Idempotency-Key", "Content-Type"])
    def test_refuses_a_deciding_header_that_comes_twice(
        self, client: httpx.Client, service: Upstream, name: str
    ) -> None:
        answer = client.post("/api/v1/auth/login", headers=[(name, "one"), (name, "two")], content=b"{}")
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        deciding = "request.idempotency-key" if name == "Idempotency-Key" else "gateway.repeated-header"
        assert answer.json()["code"] == deciding
        assert answer.json()["next_step"]

    def test_lets_an_upstream_set_no_cookie_no_cors_and_no_server(
        self, client: httpx.Client, service: Upstream
    ) -> None:
        async def loud(_request: web.Request, _body: bytes) -> web.StreamResponse:
            headers = {
                "Set-Cookie": "a=b",
                "Access-Control-Allow-Origin": "*",
                "Server": "secret/1",
                "X-Frame-Options": "ALLOW",
            }
            return web.Response(headers=headers)

        service.behaviour = loud
        answer = client.get("/api/v1/branches", headers={"Origin": "https://elsewhere.example"})
        assert not {"set-cookie", "access-control-allow-origin", "server"} & set(answer.headers)
        assert answer.headers.get_list("x-frame-options") == ["DENY"]
        assert answer.headers["cache-control"] == "no-store"

    def test_lets_only_the_mail_viewer_set_its_own_content_policy(
        self, client: httpx.Client, service: Upstream
    ) -> None:
        async def confined(_request: web.Request, _body: bytes) -> web.StreamResponse:
            return web.Response(headers={"Content-Security-Policy": "default-src 'none'"})

        service.behaviour = confined
        assert client.get("/dev/mail").headers.get_list("content-security-policy") == ["default-src 'none'"]
        assert "'self'" in client.get("/api/v1/branches").headers["content-security-policy"]


class TestBodyLimit:
    def test_refuses_a_declared_length_over_the_limit(self, client: httpx.Client, identity: Upstream) -> None:
        answer = client.post("/api/v1/auth/login", content=b"x" * 1_000_000)
        assert (answer.status_code, answer.json()["code"]) == (413, "request.too-large")
        assert identity.seen == []

    def test_refuses_a_chunked_body_over_the_limit(self, client: httpx.Client, identity: Upstream) -> None:
        answer = client.post("/api/v1/auth/login", content=(b"x" * 65536 for _ in range(5)))
        assert answer.status_code == 413
        assert identity.seen == []

    def test_passes_a_body_at_the_limit(self, client: httpx.Client, identity: Upstream) -> None:
        assert client.post("/api/v1/auth/login", content=b"x" * 256 * 1024).status_code == 200
        assert len(identity.seen[0].body) == 256 * 1024

    def test_refuses_a_body_that_does_not_come_in_time(
        self, gateway: RunningGateway, identity: Upstream, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(TIMEOUTS_SECONDS, "interactive", 0.3)
        head = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
        with socket.create_connection(("127.0.0.1", gateway.settings.port), timeout=10) as raw:
            raw.sendall(head)
            answer = b""
            while part := raw.recv(65536):  # the gateway hangs up: the rest of the body may still be on its way
                answer += part
        assert b" 400 " in answer.split(b"\r\n")[0]
        assert b"request.bad-framing" in answer
        assert identity.seen == []

    def test_refuses_two_framings_of_one_body(self, gateway: RunningGateway, identity: Upstream) -> None:
        smuggled = (
            b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", gateway.settings.port), timeout=5) as raw:
            raw.sendall(smuggled)
            assert b" 400 " in raw.recv(65536).split(b"\r\n")[0]
        assert identity.seen == []


class TestPaths:
    @pytest.mark.parametrize(
        "path",
        [
            "/internal/events", "/internal/service-tokens", "/internal/revocations", "/metrics", "/readyz",
            "/.well-known/jwks.json", "/api/v1/internal/events", "/api/v1", "/api/v1/", "/api/v1/nothing",
            "/api/v1/auth", "/api/v1/authx/login", "//api/v1/branches", "/api//v1/branches", "/api/v1/branches/",
            "/api/v1/branches/../accounts", "/api/v1/branches/%2e%2e/accounts", "/api/v1/branches/..%2finternal/events",
            "/api/v1/branches/%2e%2e%2f%2e%2e%2f%2e%2e%2finternal", "/api/v1/./branches", "/api/v1/branches;a=b",
            "/api/v1/branches/main;x", "/api/v1/branches%00", "/api/v1/branches/main%0a", "/api/v1/branches%5c..%5cx",
            "/api/v1/branches\\main", "/api/v1/%62ranches", "/API/v1/branches", "/api/v1/branches/" + "a" * 3000,
            "/api/docs/assets/../../../settings.py", "/api/docs/assets/settings.py",
        ],
    )  # fmt: skip
    def test_are_not_there_unless_written_plainly(
        self, gateway: RunningGateway, service: Upstream, identity: Upstream, signed_in: dict[str, str], path: str
    ) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", gateway.settings.port, timeout=5)
        connection.request("GET", path, headers=signed_in)
        answer = connection.getresponse()
        problem = json.loads(answer.read())
        connection.close()
        assert (answer.status, problem["code"]) == (404, "request.not-found")
        assert service.seen == identity.seen == []

    @pytest.mark.parametrize("target", [b"http://evil/internal/events", b"*", b"/api/v1/branches\x01", b"/\xff\xfe"])
    def test_survives_odd_request_targets(self, gateway: RunningGateway, service: Upstream, target: bytes) -> None:
        with socket.create_connection(("127.0.0.1", gateway.settings.port), timeout=5) as raw:
            raw.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert raw.recv(65536).split(b" ")[1] in (b"400", b"404")
        assert service.seen == []

    def test_answer_405_with_the_methods_there_are(self, client: httpx.Client, identity: Upstream) -> None:
        answer = client.get("/api/v1/auth/login")
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert client.options("/api/v1/branches").status_code == 405
        assert client.post("/").status_code == 405
        assert identity.seen == []

    def test_refuse_an_overlong_query(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.get("/api/v1/branches?q=" + "a" * 9000)
        assert (answer.status_code, answer.json()["code"]) == (400, "gateway.bad-query")
        assert service.seen == []
