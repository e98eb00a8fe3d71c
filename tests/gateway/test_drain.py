"""The gateway's process when it is told to stop: what is under way ends well, nothing new begins."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from gateway.routes import UPSTREAMS
from tests.builders.tokens import TokenMaker
from tests.gateway.stand_ins import Upstream, free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Process:
    """The gateway as its own process before one stand-in of every service."""

    upstream: Upstream
    folder: Path
    port: int = field(default_factory=free_port)
    ops_port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        own = {"PORT": str(self.port), "OPS_PORT": str(self.ops_port), "PUBLIC_URL": self.url}
        environment = {f"GATEWAY_{name}": value for name, value in own.items()}
        environment |= {f"{name.upper()}_URL": self.upstream.url for name in UPSTREAMS}
        environment |= {"BANK_ENVIRONMENT": "sandbox", "BANK_DATA_DIR": str(self.folder)}
        environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
        with (self.folder / "gateway.log").open("wb") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "gateway.main"], cwd=ROOT, env={**os.environ, **environment}, stdout=log,
                stderr=log,
            )  # fmt: skip
        until = time.monotonic() + 60
        while not self._is_ready():
            assert self.running.poll() is None, (self.folder / "gateway.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            url = f"http://127.0.0.1:{self.ops_port}/readyz"
            return httpx.get(url, trust_env=False).status_code == 200
        return False


@pytest.fixture
def process(tokens: TokenMaker, tmp_path: Path) -> Iterator[Process]:
    upstream = Upstream(documents={"/.well-known/jwks.json": tokens.jwks()}).start()
    found = Process(upstream, tmp_path)
    found.start()
    yield found
    found.running.kill()
    found.running.wait(20)
    upstream.stop()


class TestSigterm:
    def test_lets_requests_finish_ends_streams_with_a_hint_and_takes_nothing_new(
        self, process: Process, signed_in: dict[str, str]
    ) -> None:
        held, let_go = threading.Event(), asyncio.Event()
        loops: list[asyncio.AbstractEventLoop] = []

        async def service(request: web.Request, _body: bytes) -> web.StreamResponse:
            if request.path.endswith("/stream"):
                response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
                await response.prepare(request)
                await response.write(b"data: 1\n\n")
                await asyncio.Event().wait()
            loops.append(asyncio.get_running_loop())
            held.set()
            await let_go.wait()
            return web.json_response({"booked": True}, status=201)

        process.upstream.behaviour = service
        answers: list[httpx.Response] = []

        def pay() -> None:
            with httpx.Client(base_url=process.url, headers=signed_in, timeout=30, trust_env=False) as http:
                answers.append(http.post("/api/v1/deposits", json={}, headers={"idempotency-key": "k"}))

        payer = threading.Thread(target=pay)
        with httpx.Client(base_url=process.url, headers=signed_in, timeout=30, trust_env=False) as http:
            with http.stream("GET", "/api/v1/notifications/stream") as stream:
                events = stream.iter_text()
                assert next(events) == "data: 1\n\n"
                payer.start()
                assert held.wait(20)
                process.running.send_signal(signal.SIGTERM)
                assert "".join(events).startswith("event: reconnect\nretry: ")
            self._waits_until_nothing_new_is_taken(process)
            assert not answers
            assert process.running.poll() is None
            loops[0].call_soon_threadsafe(let_go.set)
            payer.join(20)
        assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"booked": True})]
        assert process.running.wait(20) in (0, -signal.SIGTERM)

    def _waits_until_nothing_new_is_taken(self, process: Process) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                httpx.get(f"{process.url}/api/openapi.json", trust_env=False)
            except httpx.ConnectError:
                return
            except (httpx.RemoteProtocolError, httpx.ReadError):
                continue  # this connection was in the queue when the door shut; whether it is shut, the next one says
            time.sleep(0.02)
        raise AssertionError("It still takes new connections.")
