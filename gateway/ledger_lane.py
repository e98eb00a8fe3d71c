"""The short way of the ledger's commands: a request becomes a frame to the writer, without an HTTP hop.

Which routes go this way is said by their policy rows (`framed`). Nothing of the bank is decided here: the writer reads
the request as its client wrote it, and answers as the HTTP door of `transactions` would. While the writer is away, its
requests are held like those of any other upstream.
"""

import asyncio

from gateway.breaker import Breaker
from gateway.exchange import Exchange
from gateway.headers import NO_STORE, Headers
from gateway.policy import Operation
from gateway.refusals import BodyTooSlow, DeadlinePassed, UpstreamUnavailable
from gateway.settings import GatewaySettings
from gateway.upstreams import Waiting
from shared.clients.frames import FrameAnswer, FrameClient
from shared.errors import Unavailable
from shared.observability.context import deadline_after

_JSON = (b"content-type", b"application/json")
_PROBLEM = (b"content-type", b"application/problem+json")


class LedgerLane:
    """One connection to the writer, with a breaker of its own. Made inside the event loop; closed with it."""

    def __init__(self, client: FrameClient, settings: GatewaySettings, waiting: Waiting) -> None:
        """Use a connection; it is made when it is needed. `waiting` counts who waits at this gateway."""
        self._client = client
        self._waiting = waiting
        self._loop = asyncio.get_running_loop()
        self.breaker = Breaker(hold_seconds=settings.hold_seconds)

    @property
    def under_way(self) -> int:
        """Give how many commands are with the writer, or on their way to it."""
        return self._client.waiting

    async def close(self) -> None:
        """Close the connection."""
        await self._client.close()

    async def forward(self, exchange: Exchange, operation: Operation, path: str, wanted: dict[bytes, bytes]) -> None:
        """Send a request that was allowed to the writer and give its answer.

        :raises UpstreamUnavailable: if the writer is away
        :raises DeadlinePassed: if it took too long
        :raises BodyTooSlow: if the client did
        """
        route = operation.route
        until = self._loop.time() + route.timeout_seconds
        declared, body = wanted.get(b"content-length"), None
        try:
            async with asyncio.timeout_at(until):
                body = await exchange.body_in_time(declared=declared, limit_bytes=route.body_limit_bytes)
                answer = await self._send(exchange, operation, path, wanted, body, until=until)
        except TimeoutError:
            if body is None:
                raise BodyTooSlow("The body did not arrive in time.") from None
            self.breaker.timed_out(self._loop.time())
            raise DeadlinePassed("The ledger's writer did not answer in time.", retry_after_seconds=1) from None
        status, content, more = answer
        headers: Headers = [
            NO_STORE,
            _JSON if status < 400 else _PROBLEM,
            (b"content-length", str(len(content)).encode()),
        ]
        if more:
            headers += [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in more.items()]
        await exchange.whole(status, headers, content)

    async def _send(
        self,
        exchange: Exchange,
        operation: Operation,
        path: str,
        wanted: dict[bytes, bytes],
        body: bytes,
        *,
        until: float,
    ) -> FrameAnswer:
        """Send a frame, again on a new connection if that one ended first: its key makes that harmless."""
        authorization = wanted[b"authorization"]
        query = exchange.scope["query_string"]
        deadline = deadline_after(until - self._loop.time())
        while True:
            line = self._client.line
            if line is None or (self.breaker.failures and not self.breaker.may_try(self._loop.time())):
                await self._wait_for_writer(keyed=b"idempotency-key" in wanted)
                continue
            try:
                answer = await line.ask(
                    route=operation.name,
                    token=authorization.partition(b" ")[2].decode("ascii"),
                    key=_text(wanted, b"idempotency-key"),
                    body=body,
                    request_id=exchange.request_id,
                    path_ids=operation.ids_of(path),
                    deadline=deadline,
                    traceparent=exchange.traceparent,
                    query=query.decode("ascii") if query else "",
                    content_type=_text(wanted, b"content-type"),
                    content_encoding=_text(wanted, b"content-encoding"),
                    step_up=_text(wanted, b"step-up"),
                )
            except ConnectionResetError:
                self.breaker.refused(self._loop.time())
                continue
            except Unavailable as full:
                raise _away() from full
            self.breaker.worked()
            return answer

    async def _wait_for_writer(self, *, keyed: bool) -> None:
        """Connect if it may be tried now; if the writer is not there, wait a moment.

        :raises UpstreamUnavailable: if waiting is not worth it, too many wait already, or the request may not be held
        """
        now = self._loop.time()
        if self._client.line is None and self.breaker.may_try(now):
            try:
                await self._client.connect()
            except OSError:
                self.breaker.refused(now)
            else:
                self.breaker.worked()
                return
        if not keyed or not self.breaker.may_hold(now) or not await self._waiting.a_moment():
            raise _away()


def _text(wanted: dict[bytes, bytes], name: bytes) -> str | None:
    value = wanted.get(name)
    return None if value is None else value.decode("latin-1")


def _away() -> UpstreamUnavailable:
    return UpstreamUnavailable("The transactions service does not answer now.", retry_after_seconds=1)
