"""The stream door of a service: its relay and one reader per publisher, in the API process or in their own."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from time import monotonic

import structlog

from shared.observability.ops import OpsServer
from shared.observability.tracing import configure_tracing
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.locks import StoreLock
from shared.streams.leading import Leading
from shared.streams.metrics import STREAM_ERRORS
from shared.streams.reader import PublisherReader
from shared.streams.relay import Relay
from shared.streams.source import PublisherClient, PublisherSource
from shared.streams.subscription import Handler, Subscription

__all__ = ["Handler", "StreamDoor", "Subscription", "run_door"]

log = structlog.get_logger(__name__)

STOP_SECONDS = 3.0

AGAIN_SECONDS = 0.5
"""Before a thread that ended begins again."""


class StreamDoor:
    """One relay thread and one reader thread per publisher; only one living door per store works."""

    def __init__(
        self,
        store: Store,
        settings: ServiceSettings,
        subscriptions: Sequence[Subscription],
        client: Callable[[str], PublisherClient],
    ) -> None:
        """Build the door; `client` gives the way to a publisher, as this service. Nothing starts yet."""
        self.settings = settings
        self._store = store
        self._redis_url = settings.redis_url
        self._subscriptions = tuple(subscriptions)
        self._client = client
        self._lock = StoreLock(store.path, "listener") if store.is_sqlite else None
        self._stopping = Event()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Take the listener lock and start the threads. On PostgreSQL a thread waits for the lock and takes over.

        :raises StoreLocked: if another process already listens for this SQLite store
        """
        self._stopping.clear()
        if self._lock is not None:
            self._lock.acquire()
            self._threads = self._open(self._stopping)
            return
        leading = Leading(self._store, self._term, self._stopping)
        name = f"leader-{self._store.service}"
        self._threads = [Thread(target=self._keep, args=(name, leading.run, self._stopping), name=name, daemon=True)]
        self._threads[0].start()

    def _open(self, stopping: Event) -> list[Thread]:
        """Start the threads that do the door's work until `stopping`."""
        work = {f"relay-{self._store.service}": partial(self._relay, stopping)}
        for one in self._subscriptions:
            source = PublisherSource(one.publisher, self._client(one.publisher))
            work[f"reader-{one.publisher}"] = partial(self._read, one, source, stopping)
        threads = [
            Thread(target=self._keep, args=(name, what, stopping), name=name, daemon=True)
            for name, what in work.items()
        ]
        for thread in threads:
            thread.start()
        log.info("stream-door-open", publishers=[one.publisher for one in self._subscriptions])
        return threads

    @contextmanager
    def _term(self) -> Iterator[None]:
        """Work while this process leads. Who no longer does moves no cursor that it did not expect."""
        over = Event()
        threads = self._open(over)
        try:
            yield
        finally:
            over.set()
            _join(threads)

    def _relay(self, stopping: Event) -> None:
        Relay(self._store, redis_url=self._redis_url, stopping=stopping).run()

    def _read(self, subscription: Subscription, source: PublisherSource, stopping: Event) -> None:
        PublisherReader(self._store, subscription, source, redis_url=self._redis_url, stopping=stopping).run()

    def _keep(self, name: str, work: Callable[[], None], stopping: Event) -> None:
        """Do the work until the door closes, from the start again when it ends: nobody else would notice its end."""
        while not stopping.is_set():
            try:
                work()
            except Exception as fault:
                log.error("stream-thread-broken", thread=name, exc_info=fault)
            if not stopping.is_set():
                STREAM_ERRORS.labels(self._store.service, name.partition("-")[2], "thread").inc()
                stopping.wait(AGAIN_SECONDS)

    def stop(self) -> None:
        """Stop the threads and give the lock back; returns within about three seconds."""
        self._stopping.set()
        self._store.ring()
        _join(self._threads)
        self._threads = []
        if self._lock is not None:
            self._lock.release()

    def is_alive(self) -> bool:
        """Tell whether every thread still works; a replica that waits for its turn to listen is alive."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)


def _join(threads: Sequence[Thread]) -> None:
    ends = monotonic() + STOP_SECONDS
    for thread in threads:
        thread.join(max(0.0, ends - monotonic()))
    left = [thread.name for thread in threads if thread.is_alive()]
    if left:  # waits on a publisher or the store; it cannot move a cursor it did not expect, so it does no harm
        log.warning("stream-door-left", threads=left)


def run_door(door: StreamDoor) -> int:
    """Run a door as its own process until SIGTERM or SIGINT; gives the exit code.

    :raises StoreLocked: if another process already listens for this store
    :raises FaultAtStart: if the port for health and metrics is taken
    """
    asked = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: asked.set())
    configure_tracing(f"{door.settings.service}-listener", door.settings)
    host, port = door.settings.host, door.settings.listener_ops_port
    ops = OpsServer(host, port, ready=lambda: door.is_alive() and not asked.is_set()) if port else None
    door.start()
    if ops is not None:
        ops.start()
    try:
        while not asked.wait(1.0):
            if not door.is_alive():
                log.error("stream-door-broken")
                return 1
    finally:
        door.stop()
        if ops is not None:
            ops.stop()
    return 0
