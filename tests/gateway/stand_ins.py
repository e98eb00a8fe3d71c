"""Stand-ins with real sockets: an upstream on a free port that tells what reached it, and the gateway itself.

Both run in threads with loops of their own.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from gateway.main import GatewayServer, create_server
from gateway.settings import GatewaySettings

Behaviour = Callable[[web.Request, bytes], Awaitable[web.StreamResponse]]


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def echo(request: web.Request, body: bytes) -> web.StreamResponse:
    """Tell what came."""
    return web.json_response({"method": request.method, "path": request.path_qs, "body": body.decode()})


@dataclass
class Seen:
    """One request as the upstream got it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Upstream:
    """An upstream whose behaviour a test sets; it can stop and start again on its port."""

    port: int = field(default_factory=free_port)
    behaviour: Behaviour = echo
    documents: dict[str, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)
        return self

    def stop(self) -> None:
        if self._loop is None or self._thread is None or self._runner is None:
            return
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._loop = None

    async def _open(self) -> None:
        app = web.Application(client_max_size=10**7)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.path in self.documents:
            # The reader of keys keeps its client for as long as the process lives; a test should leave no socket open.
            return web.json_response(self.documents[request.path], headers={"Connection": "close"})
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append(Seen(request.method, request.raw_path, headers, body))
        return await self.behaviour(request, body)


class RunningGateway:
    """The gateway as its process runs it, in a thread."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self.server: GatewayServer = create_server(settings)
        self._thread = threading.Thread(target=self.server.run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def ops_url(self) -> str:
        return f"http://127.0.0.1:{self.settings.ops_port}"

    def start(self) -> Self:
        self._thread.start()
        until = time.monotonic() + 10
        while not self.server.started:
            assert self._thread.is_alive(), "the gateway ended at start"
            assert time.monotonic() < until
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self.server.should_exit = True
        self._thread.join(20)
