"""The gateway as an ASGI app: path → operation → token → role → forward, with no framework in between."""

import asyncio
import time
from collections.abc import Mapping

import structlog

from gateway.addresses import client_address
from gateway.auth import Doorkeeper
from gateway.breaker import State
from gateway.cookies import SAFE_METHODS, Cookies
from gateway.exchange import Answer, AnswerBroken, ClientGone, Exchange, Receive, Scope, Send, problem
from gateway.figures import Figures
from gateway.headers import read_headers, security_headers
from gateway.ledger_lane import LedgerLane
from gateway.observe import ACCESS_LOG, IN_FLIGHT, observe
from gateway.ops import OpsServer
from gateway.packed import fitting
from gateway.paths import is_plain_query, plain_path
from gateway.policy import Operation, PolicyIndex
from gateway.proxy import forward
from gateway.rate_leases import RedisLeases
from gateway.rate_limit import RateLimits
from gateway.refresh import Refresher
from gateway.refusals import BadQuery, InternalFault, MethodNotAllowed, NoSuchPath
from gateway.routes import COSTLY, OWN, Upstream
from gateway.sessions import BrowserSessions, goes_by_cookies, opens_session
from gateway.settings import GatewaySettings
from gateway.upstreams import Upstreams
from gateway.views.services import services_answer
from gateway.views.web_app import is_page
from shared.clients.frames import FrameClient
from shared.contracts.policy.row import ANYONE
from shared.errors import BankError
from shared.observability.context import RequestContext, enter_context, leave_context

_log = structlog.get_logger("bank.gateway")


class NotStarted(RuntimeError):
    """A request came before the server said that it starts."""


class Gateway:
    """The ASGI app. The process calls `drain` when it was told to stop."""

    def __init__(
        self,
        *,
        settings: GatewaySettings,
        index: PolicyIndex,
        own: Mapping[str, Answer],
        page: Answer | None,
        doorkeeper: Doorkeeper,
    ) -> None:
        """Take what decides; connections are opened when the server starts."""
        self.draining = False
        self._settings = settings
        self._index = index
        self._own = own
        # The web app's page answers every address that only the app knows; the plain start page only its own.
        self._page = page
        self._doorkeeper = doorkeeper
        self._security = security_headers(https=settings.public_url.startswith("https://"))
        self._upstreams: Upstreams | None = None
        self._sessions: BrowserSessions | None = None
        self._limits: RateLimits | None = None
        self._leases: RedisLeases | None = None
        self._lane: LedgerLane | None = None
        self._ops: OpsServer | None = None
        self._figures = Figures()
        self._loop: asyncio.AbstractEventLoop | None = None

    def drain(self) -> None:
        """Say "not ready", and let end what would never end by itself. May be called by a signal's handler."""
        self.draining = True
        if self._upstreams is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._upstreams.stopping.set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of the ASGI server."""
        if scope["type"] == "http":
            await self._serve(Exchange(scope=scope, receive=receive, send=send, security=self._security))
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._open()
                except OSError as taken:
                    await self._close()
                    await send({"type": "lifespan.startup.failed", "message": f"Cannot open the ops port: {taken}"})
                    return
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._upstreams = upstreams = Upstreams(self._settings)
        self._leases = RedisLeases(self._settings.redis_url)
        self._limits = RateLimits(self._settings, self._leases)
        cookies = Cookies.of(self._settings.public_url)
        self._sessions = BrowserSessions(cookies, self._doorkeeper, Refresher(upstreams))
        if self._settings.ledger_socket is not None:
            self._lane = LedgerLane(FrameClient(self._settings.ledger_socket), self._settings, upstreams.waiting)
        self._ops = OpsServer(
            host=self._settings.ops_host,
            port=self._settings.ops_port,
            is_ready=lambda: not self.draining,
            breakers=self._states,
        )
        await self._ops.start()
        self._figures.start()
        self._doorkeeper.start()

    def _states(self) -> dict[str, State]:
        states = self._upstreams.states() if self._upstreams is not None else {}
        if self._lane is not None:
            states["ledger-writer"] = self._lane.breaker.state(asyncio.get_running_loop().time())
        return states

    async def _close(self) -> None:
        self.draining = True
        if self._ops is not None:
            await self._ops.stop()
        self._figures.stop()
        self._doorkeeper.stop()
        ACCESS_LOG.flush()
        if self._lane is not None:
            await self._lane.close()
        if self._upstreams is not None:
            await self._upstreams.close()
        if self._leases is not None:
            await self._leases.close()

    async def _serve(self, exchange: Exchange) -> None:
        started = time.perf_counter()
        context = enter_context(RequestContext(exchange.request_id, exchange.traceparent))
        IN_FLIGHT.inc()
        try:
            await self._answer(exchange)
        except (AnswerBroken, ClientGone):
            # Returning before the answer is whole makes the server cut the connection: the client must see that.
            exchange.status = exchange.status or 499
        except BankError as error:
            await exchange.answer(problem(error, exchange.request_id))
        except Exception:  # noqa: BLE001 - the one place where anything unforeseen ends
            _log.exception("unhandled")
            if exchange.status:
                return
            await exchange.answer(problem(InternalFault("It has been noted."), exchange.request_id))
        finally:
            IN_FLIGHT.dec()
            observe(exchange, seconds=time.perf_counter() - started)
            leave_context(context)

    async def _answer(self, exchange: Exchange) -> None:
        path = plain_path(exchange.scope["raw_path"])
        if path is None:
            raise NoSuchPath
        operations = self._index.find(path)
        if not operations:
            await self._answer_itself(exchange, path)
            return
        operation = _operation(exchange, operations)
        if not is_plain_query(exchange.scope["query_string"]):
            raise BadQuery
        wanted = read_headers(exchange.scope["headers"])
        if self._upstreams is None:
            raise NotStarted
        if await self._is_answered_at_the_door(exchange, operation, path, wanted):
            return
        if operation.route.upstream == OWN:
            await exchange.answer(self._services(self._upstreams))
            return
        if self._lane is not None and operation.row.framed:
            await self._lane.forward(exchange, operation, path, wanted)
            return
        if operation.name in COSTLY:
            async with self._upstreams.sign_ins:
                await forward(exchange, operation, wanted, self._upstreams)
            return
        await forward(exchange, operation, wanted, self._upstreams)

    async def _is_answered_at_the_door(
        self, exchange: Exchange, operation: Operation, path: str, wanted: dict[bytes, bytes]
    ) -> bool:
        """Let in who may come in and does not ask too often; True if there is nothing left to ask a service."""
        sessions, limits = self._sessions, self._limits
        if sessions is None or limits is None:
            raise NotStarted
        exchange.address = address = client_address(exchange.scope, self._settings.trusted_proxies)
        if limits.counts(address):
            await limits.address(exchange, operation, address)
        if ANYONE in operation.row.roles:
            if opens_session(operation, wanted):
                return await sessions.open(exchange, operation, wanted)
            await sessions.recognise(exchange, operation, wanted)
            return False
        if goes_by_cookies(wanted):
            caller = await sessions.admit(exchange, operation, path, wanted)
        else:
            caller = await self._doorkeeper.admit(wanted.get(b"authorization"), operation.row)
        exchange.user_id = caller.user_id
        waiting = limits.user(exchange, caller.user_id or "")
        if waiting is not None:
            await waiting
        return False

    def _services(self, upstreams: Upstreams) -> Answer:
        def load(name: Upstream) -> tuple[int, int]:
            place = upstreams.place(name, is_stream=False)
            frames = self._lane.under_way if name == "transactions" and self._lane is not None else 0
            return place.taken + frames, place.places

        return services_answer(
            figures=self._figures,
            at=asyncio.get_running_loop().time(),
            states=upstreams.states(),
            load=load,
            grafana_url=self._settings.grafana_url,
        )

    async def _answer_itself(self, exchange: Exchange, path: str) -> None:
        own = self._own.get(path)
        if own is not None:
            exchange.template = path
            if exchange.method not in SAFE_METHODS:
                raise MethodNotAllowed("GET, HEAD")
        elif self._page is not None and exchange.method in SAFE_METHODS and is_page(path):
            exchange.template, own = "/", self._page
        else:
            raise NoSuchPath
        await exchange.answer(fitting(own, exchange.scope["headers"]))


def _operation(exchange: Exchange, operations: Mapping[str, Operation]) -> Operation:
    some = next(iter(operations.values()))
    exchange.template, exchange.upstream = some.row.path, some.route.upstream
    operation = operations.get("GET" if exchange.method == "HEAD" else exchange.method)
    if operation is None:
        raise MethodNotAllowed(", ".join(sorted({*operations, *(["HEAD"] if "GET" in operations else [])})))
    return operation
