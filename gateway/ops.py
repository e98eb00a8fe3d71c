"""The gateway's own health and metrics, on a port that the public never sees."""

from collections.abc import Callable, Mapping

from aiohttp import web

from gateway.breaker import State
from gateway.observe import BREAKER_STATE
from shared.observability.metrics import METRICS_MEDIA_TYPE, render_metrics

_STATE_NUMBERS: Mapping[State, int] = {"closed": 0, "holding": 1, "open": 2}


class OpsServer:
    """`/livez`, `/readyz`, `/metrics` of this process."""

    def __init__(
        self, *, host: str, port: int, is_ready: Callable[[], bool], breakers: Callable[[], Mapping[str, State]]
    ) -> None:
        """Take where to listen and what to tell."""
        self._host = host
        self._port = port
        self._is_ready = is_ready
        self._breakers = breakers
        app = web.Application()
        app.add_routes(
            [web.get("/livez", self._livez), web.get("/readyz", self._readyz), web.get("/metrics", self._metrics)]
        )
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Listen.

        :raises OSError: if the port is taken
        """
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _livez(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def _readyz(self, _request: web.Request) -> web.Response:
        if self._is_ready():
            return web.json_response({"status": "ready"})
        return web.json_response({"status": "draining"}, status=503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        for upstream, state in self._breakers().items():
            BREAKER_STATE.labels(upstream).set(_STATE_NUMBERS[state])
        return web.Response(body=render_metrics(), headers={"Content-Type": METRICS_MEDIA_TYPE})
