"""Live push: one tailer per process reads what is new in the feed and fans it out to the open streams.

The feed is the common order of inbox items and changes of announcements (`feed_sequence`). A stream knows the place it
has sent last, so what it missed while it was closed is read from the store, and nothing is sent twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from prometheus_client import Gauge
from starlette.concurrency import run_in_threadpool

from services.notifications.api.events import LiveEvent, events_of, read_feed
from services.notifications.domain.announcement import Reader
from services.notifications.domain.notice import Recipient
from services.notifications.store.told_store import feed_head
from shared.errors import Unauthenticated, Unavailable
from shared.store.engine import Store
from shared.web.door import Verifier

TICK_SECONDS = 0.25
FEED_PAGE = 1000
WAITING_EVENTS = 200
"""A stream whose reader takes nothing is ended at so many events; it goes on after its last one when it is back."""

STREAMS_PER_USER = 10
STREAMS = 2000
_OPEN = Gauge("bank_live_streams_open", "Streams of live push that are open in this process.")
_log = structlog.get_logger("bank.live")


@dataclass(eq=False, slots=True)
class LiveStream:
    """One open stream: whose it is, and what waits to be sent. None in the queue ends it."""

    token: str
    user_id: str
    recipients: tuple[Recipient, ...]
    reader: Reader
    queue: "asyncio.Queue[LiveEvent | None]" = field(default_factory=lambda: asyncio.Queue(WAITING_EVENTS + 1))
    ended: bool = False

    def put(self, event: LiveEvent) -> None:
        """Hand over an event, or end the stream when too many wait."""
        if self.ended:
            return
        if self.queue.qsize() >= WAITING_EVENTS:
            self.end()
        else:
            self.queue.put_nowait(event)

    def end(self) -> None:
        """End the stream after what waits; doing it again changes nothing."""
        if not self.ended:
            self.ended = True
            self.queue.put_nowait(None)


class LiveHub:
    """All open streams of this process, and the one tailer that runs while there are any."""

    def __init__(self, store: Store, verifier: Verifier, *, draining: Callable[[], bool]) -> None:
        """Serve streams of this store; `draining` tells when the process ends."""
        self._store = store
        self._verifier = verifier
        self._draining = draining
        self._streams: list[LiveStream] = []
        self._tailer: asyncio.Task[None] | None = None
        self._place = 0

    async def open(self, stream: LiveStream) -> None:
        """Take a stream in: from now on it is told everything, what it missed it reads itself.

        :raises Unavailable: if as many streams are open as this process can serve
        """
        if len(self._streams) >= STREAMS:
            raise Unavailable("Too many streams are open.", retry_after_seconds=30)
        own = [one for one in self._streams if one.user_id == stream.user_id]
        for oldest in own[: max(0, len(own) - STREAMS_PER_USER + 1)]:
            oldest.end()
            self._leave(oldest)
        self._streams.append(stream)
        _OPEN.set(len(self._streams))
        if self._tailer is None or self._tailer.done():
            try:
                self._place = await run_in_threadpool(self._head)
            except BaseException:
                self._leave(stream)
                raise
            if self._tailer is None or self._tailer.done():  # another one may have come while we read
                self._tailer = asyncio.create_task(self._tail())

    def close(self, stream: LiveStream) -> None:
        """Let a stream go."""
        stream.end()
        self._leave(stream)

    def _leave(self, stream: LiveStream) -> None:
        if stream in self._streams:
            self._streams.remove(stream)
            _OPEN.set(len(self._streams))

    async def _tail(self) -> None:
        """Look for what is new until nobody listens any more; a store that does not answer is asked again."""
        while self._streams:
            await asyncio.sleep(TICK_SECONDS)
            if self._draining():
                for stream in list(self._streams):
                    stream.end()
                return
            try:
                await self._look()
                await self._check_tokens()
            except Exception as fault:  # noqa: BLE001 - the next look comes in a moment, and nothing is skipped
                _log.warning("live.look-failed", error=type(fault).__name__)

    async def _look(self) -> None:
        place, events = await run_in_threadpool(read_feed, self._store, place=self._place, limit=FEED_PAGE)
        self._place = place
        if events:
            for stream in list(self._streams):
                fan_out(stream, events)

    async def _check_tokens(self) -> None:
        for stream in list(self._streams):
            if self._verifier.cached(stream.token) is None and not await self._still_good(stream.token):
                stream.end()

    async def _still_good(self, token: str) -> bool:
        try:
            await run_in_threadpool(self._verifier.verify, token)
        except Unauthenticated:
            return False
        except Unavailable:
            return True  # identity's keys cannot be had now: the token's own end is still looked at
        return True

    def _head(self) -> int:
        with self._store.read() as session:
            return feed_head(session)


def fan_out(stream: LiveStream, events: Sequence[LiveEvent]) -> None:
    """Hand a stream those events that are for its person."""
    for event in events_of(events, recipients=stream.recipients, reader=stream.reader):
        stream.put(event)
