"""The services behind the gateway: pooled connections, a breaker for each, and patience while one restarts.

A try that could not connect left nothing behind, so it may be repeated. A connection that broke after sending may have
left an effect: it is sent again, once, only if it can be repeated (a GET, or a POST with an Idempotency-Key).
"""

import asyncio
import random
from dataclasses import dataclass, field

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from gateway.breaker import Breaker, State
from gateway.probe import Probe
from gateway.refusals import UpstreamUnavailable
from gateway.routes import UPSTREAMS
from gateway.settings import GatewaySettings

CONNECT_SECONDS = 1.0
# Shorter than the services' own keep-alive (5 s), so that a request rarely meets a connection that is being closed.
KEEP_ALIVE_SECONDS = 3.0
WAIT_SECONDS = 0.1
TURN_SECONDS = 5.0


@dataclass(slots=True)
class Outgoing:
    """A request on its way to an upstream. `path` is the raw path with the query string."""

    upstream: str
    method: str
    path: str
    headers: CIMultiDict[str]
    body: bytes = b""
    repeatable: bool = False
    is_stream: bool = False


@dataclass(slots=True)
class Waiting:
    """Counts who waits for a service that restarts, over all upstreams: only so many may."""

    limit: int
    _now: int = 0

    async def a_moment(self) -> bool:
        """Wait a moment; False, and at once, if too many wait already."""
        if self._now >= self.limit:
            return False
        self._now += 1
        try:
            await asyncio.sleep(WAIT_SECONDS * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
        finally:
            self._now -= 1
        return True


class Bulkhead:
    """Counts what is under way to one upstream: `with` a place, or be refused at once if all are taken."""

    def __init__(self, upstream: str, places: int) -> None:
        """Have so many places."""
        self._upstream = upstream
        self.places = places
        self._free = places

    @property
    def taken(self) -> int:
        """Give how many places are taken now."""
        return self.places - self._free

    def __enter__(self) -> None:
        """Take a place.

        :raises UpstreamUnavailable: if none is free
        """
        if self._free <= 0:
            raise UpstreamUnavailable(f"Too much waits for the {self._upstream} service.", retry_after_seconds=1)
        self._free -= 1

    def __exit__(self, *_wrong: object) -> None:
        """Give the place back."""
        self._free += 1


class Turnstile:
    """Lets a few through at a time and has the others wait in their order: for what is costly behind it."""

    def __init__(self, at_once: int) -> None:
        """Let so many through."""
        self._places = asyncio.Semaphore(at_once)

    async def __aenter__(self) -> None:
        """Wait for a turn.

        :raises UpstreamUnavailable: if it does not come in time
        """
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            raise UpstreamUnavailable("Too many sign in at once.", retry_after_seconds=2) from None

    async def __aexit__(self, *_wrong: object) -> None:
        """Let the next one through."""
        self._places.release()


@dataclass(slots=True)
class Upstreams:
    """All upstreams. Made inside the event loop; closed with it."""

    settings: GatewaySettings
    _session: aiohttp.ClientSession = field(init=False)
    _streams: aiohttp.ClientSession = field(init=False)
    _places: dict[str, Bulkhead] = field(init=False)
    _stream_places: Bulkhead = field(init=False)
    _breakers: dict[str, Breaker] = field(init=False)
    _probes: dict[str, Probe] = field(init=False)
    _addresses: dict[str, str] = field(init=False)
    waiting: Waiting = field(init=False)
    sign_ins: Turnstile = field(init=False)
    stopping: asyncio.Event = field(init=False)
    """Set when the gateway was told to stop: what would never end by itself ends then."""

    def __post_init__(self) -> None:
        """Open the pool; connections are made when they are needed."""
        self._session = _session(self.settings.connections_per_upstream)
        self._streams = _session(self.settings.streams)
        self._places = {name: Bulkhead(name, self.settings.requests_per_upstream) for name in UPSTREAMS}
        self._stream_places = Bulkhead("notifications", self.settings.streams)
        self._breakers = {name: Breaker(hold_seconds=self.settings.hold_seconds) for name in UPSTREAMS}
        self.stopping = asyncio.Event()
        self.waiting = Waiting(self.settings.hold_limit)
        self.sign_ins = Turnstile(self.settings.sign_ins_at_once)
        self._addresses = {name: self.settings.url_of(name) for name in UPSTREAMS}
        self._probes = {name: Probe(address, self._session) for name, address in self._addresses.items()}

    async def close(self) -> None:
        """Close every connection."""
        for probe in self._probes.values():
            probe.stop()
        await self._session.close()
        await self._streams.close()

    def place(self, upstream: str, *, is_stream: bool) -> Bulkhead:
        """Give where a request to an upstream takes its place."""
        return self._stream_places if is_stream else self._places[upstream]

    def states(self) -> dict[str, State]:
        """Give the state of each upstream's breaker."""
        now = asyncio.get_running_loop().time()
        return {name: breaker.state(now) for name, breaker in self._breakers.items()}

    def timed_out(self, upstream: str) -> None:
        """Note that an upstream let a deadline pass."""
        self._breakers[upstream].timed_out(asyncio.get_running_loop().time())
        self._probes[upstream].failed()

    async def send(self, request: Outgoing) -> aiohttp.ClientResponse:
        """Send a request and give the answer's head; its body is still to be read, and the answer to be released.

        The caller limits the time.

        :raises UpstreamUnavailable: if the upstream is down, or broke off a request that must not be sent twice
        """
        breaker = self._breakers[request.upstream]
        loop = asyncio.get_running_loop()
        sent_again = False
        while True:
            now = loop.time()
            if breaker.state(now) == "open" and not self._probes[request.upstream].lives():
                raise self._down(request)
            if not breaker.may_try(now):
                await self._hold(request, breaker)
                continue
            try:
                response = await self._once(request)
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
                breaker.refused(loop.time())
                self._probes[request.upstream].failed()
                await self._hold(request, breaker)
                continue
            except (aiohttp.ClientError, OSError):
                if not request.repeatable or sent_again:
                    raise self._down(request) from None
                sent_again = True
                request.headers["X-Attempt"] = "2"
                continue
            breaker.worked()
            return response

    async def _once(self, request: Outgoing) -> aiohttp.ClientResponse:
        session = self._streams if request.is_stream else self._session
        return await session.request(
            request.method,
            URL(self._addresses[request.upstream] + request.path, encoded=True),
            headers=request.headers,
            data=request.body or None,
            allow_redirects=False,
        )

    async def _hold(self, request: Outgoing, breaker: Breaker) -> None:
        """Wait a moment for an upstream that may be restarting.

        :raises UpstreamUnavailable: if waiting is not worth it, too many wait already, or the request may not be held
        """
        worth_it = request.repeatable and breaker.may_hold(asyncio.get_running_loop().time())
        if not worth_it or not await self.waiting.a_moment():
            raise self._down(request)

    def _down(self, request: Outgoing) -> UpstreamUnavailable:
        return UpstreamUnavailable(f"The {request.upstream} service does not answer now.", retry_after_seconds=1)


def _session(connections: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, limit_per_host=connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
    )
