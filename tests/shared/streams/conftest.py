"""A publisher with a real store behind a tiny HTTP server, and a consumer's store: what the stream tests stand on."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import BigInteger, Column, Table, Text, insert, select
from sqlmodel import Session

from shared.contracts.envelope import Envelope, Fact
from shared.errors import Conflict, Unavailable
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.outbox import append_facts
from shared.store.outbox_queries import events_after, head, oldest_sequence
from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.streams.cursors import Cursor, read_cursor
from shared.streams.listener import Handler, StreamDoor, Subscription
from tests.builders.redis import RedisServer, redis_process, redis_server

__all__ = ["redis_process", "redis_server"]


class Counted(Fact):
    """A fact of the tests."""

    type: ClassVar[str] = "bank.publisher.counted.v1"
    number: int


class Misshapen(Fact):
    """The same fact as a publisher that breaks the contract would tell it."""

    type: ClassVar[str] = Counted.type
    number: str


class Unheard(Fact):
    """A fact that nobody reacts to."""

    type: ClassVar[str] = "bank.publisher.unheard.v1"
    number: int


class Unwelcome(Conflict):
    """The consumer refuses the number."""

    code = "tests.unwelcome"


def open_store(folder: Path, service: str) -> tuple[Store, Table]:
    """Open a store with plumbing and one table of effects."""
    metadata = service_registry(service).metadata
    plumbing = add_plumbing(metadata)
    effects = Table(
        "effect",
        metadata,
        Column("id", BigInteger, primary_key=True),
        Column("number", BigInteger, nullable=False),
        Column("fact", Text, nullable=False),
    )
    store = Store(f"sqlite:///{folder}/{service}/{service}.db", service=service, plumbing=plumbing)
    with store.writer.begin() as connection:
        metadata.create_all(connection)
    return store, effects


class Publisher:
    """A service that tells facts: a real outbox, and the two internal routes over real HTTP."""

    def __init__(self, folder: Path) -> None:
        self.store, _ = open_store(folder, "publisher")
        self.asked: list[str] = []
        self.down = False
        publisher = self

        class Routes(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = publisher.answer(self.path)
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Routes)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, address: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(address)
        if self.down:
            return 503, {}
        parts = urlsplit(address)
        with self.store.read() as session:
            at = head(session)
            if parts.path == "/internal/snapshot":
                place = {"lane": at.lane, "epoch": at.epoch, "sequence": at.sequence, "hash": at.hash}
                return 200, {"head": place, "numbers": [7, 8], "clock_offset_seconds": 1}
            query = parse_qs(parts.query)
            after, limit = int(query["after"][0]), int(query["limit"][0])
            oldest = oldest_sequence(session)
            if oldest is not None and after < oldest - 1:
                return 410, {}
            body = {
                "lane": at.lane,
                "epoch": at.epoch,
                "parent_sequence": at.parent_sequence,
                "head_sequence": at.sequence,
                "head_hash": at.hash,
                "events": events_after(session, after, limit),
            }
            return 200, body

    def tell(self, *facts: Fact) -> None:
        with self.store.write() as session:
            append_facts(session, *facts)

    def count(self, *numbers: int) -> None:
        self.tell(*(Counted(number=number) for number in numbers))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.store.close()


class Consumer:
    """A service that writes each number it hears of into its store, and refuses or fails when told to."""

    def __init__(self, folder: Path, publisher: Publisher, redis_url: str) -> None:
        self.store, self.effects = open_store(folder, "consumer")
        self.refused: set[int] = set()
        self.faulty: set[int] = set()
        self.tries = 0
        self.publisher = publisher
        self.settings = ServiceSettings(redis_url=redis_url)
        self.subscription = Subscription("publisher", {Counted.type: Handler(Counted, self.consume)}, self.rebuild)
        self.http = httpx.Client(base_url=publisher.url)
        self.door = StreamDoor(self.store, self.settings, [self.subscription], lambda _name: self)
        self.relay = StreamDoor(publisher.store, self.settings, [], lambda _name: self)

    def request(self, method: str, path: str) -> httpx.Response:
        answer = self.http.request(method, path)
        if answer.status_code >= 500:
            raise Unavailable("The publisher is down.")
        return answer

    def consume(self, session: Session, fact: Counted, envelope: Envelope) -> None:
        self.tries += 1
        if fact.number in self.refused:
            raise Unwelcome()
        if fact.number in self.faulty:
            raise RuntimeError("broken")
        session.execute(insert(self.effects), [{"number": fact.number, "fact": envelope.id}])

    def rebuild(self, session: Session, snapshot: dict[str, Any]) -> None:
        session.execute(self.effects.delete())
        session.execute(insert(self.effects), [{"number": n, "fact": "snapshot"} for n in snapshot["numbers"]])

    def start(self) -> None:
        self.relay.start()
        self.door.start()

    def stop(self) -> None:
        self.door.stop()
        self.relay.stop()

    def numbers(self) -> list[int]:
        with self.store.read() as session:
            return list(session.execute(select(self.effects.c.number).order_by(self.effects.c.id)).scalars())

    def cursor(self) -> Cursor:
        with self.store.read() as session:
            return read_cursor(session, "publisher")

    def close(self) -> None:
        self.stop()
        self.http.close()
        self.store.close()


def wait_until(condition: Callable[[], bool], *, seconds: float = 8.0) -> None:
    """Wait for something to become true, and fail when it does not."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "It did not happen in time."
        time.sleep(0.01)


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Give a publisher."""
    one = Publisher(tmp_path)
    yield one
    one.close()


@pytest.fixture
def consumer(
    tmp_path: Path, publisher: Publisher, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Consumer]:
    """Give a consumer of the publisher whose doors are not started yet; it stops and polls more quickly than usual."""
    monkeypatch.setattr("shared.streams.reader.BLOCK_SECONDS", 0.1)
    monkeypatch.setattr("shared.streams.reader.SAFETY_POLL_SECONDS", 1.5)
    monkeypatch.setattr("shared.streams.reader.HELD_LOOK_SECONDS", 0.2)
    one = Consumer(tmp_path, publisher, redis_server.url)
    yield one
    one.close()
