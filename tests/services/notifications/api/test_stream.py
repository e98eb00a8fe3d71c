"""Live push: what the stream and the feed tell, to whom, and where they go on. A real uvicorn holds the streams."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

from services.notifications.api import live, stream
from services.notifications.main import build_app
from services.notifications.settings import NotificationsSettings
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.conftest import KnownPeople, OthersDouble, as_person
from tests.services.notifications.told import given_mail

PATH = "/api/v1/notifications/stream"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FEED = "/api/v1/notifications/feed"


@dataclass
class Endable(KnownPeople):
    """A verifier whose tokens can be ended."""

    ended: set[str] = field(default_factory=set)

    def cached(self, raw: str) -> Caller | None:
        return None if raw in self.ended else super().cached(raw)

    def verify(self, raw: str) -> Caller:
        return super().verify("" if raw in self.ended else raw)


@dataclass
class Running:
    """The app on a port."""

    url: str
    verifier: Endable
    server: uvicorn.Server
    app: Any


@pytest.fixture
def running(store: Store, settings: NotificationsSettings) -> Iterator[Running]:
    verifier = Endable()
    app = build_app(settings=settings, store=store, verifier=verifier, others=OthersDouble().client())
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Running(f"http://127.0.0.1:{listening.getsockname()[1]}", verifier, server, app)
    app.state.readiness.draining = True
    server.should_exit = True
    thread.join(10)


class Events:
    """The events of an open stream, one by one."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.iter_lines()

    def next(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self._lines:
            if not line and found:
                return found
            name, _, value = line.partition(":")
            if line:
                found[name or "comment"] = value.strip()
        return {"event": "end"}


@contextmanager
def opened(running: Running, who: str = "ada", **headers: str) -> Iterator[Events]:
    with (
        httpx.Client(timeout=20) as client,
        client.stream("GET", running.url + PATH, headers={**as_person(who), **headers}) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Events(answer)


class TestStream:
    def test_tells_at_once_what_comes_into_the_own_inbox(self, running: Running, store: Store) -> None:
        with opened(running) as events:
            assert json.loads(events.next()["data"]) == {"unread": 0}
            given_mail(store, "ben", sequence=1)
            began = time.monotonic()
            given_mail(store, "ada", sequence=2)
            event = events.next()
            assert time.monotonic() - began < 1
            item = json.loads(event["data"])
            assert (event["event"], item["kind"], item["amount_minor"]) == ("notification", "transfer-in", 1050)

    def test_goes_on_after_the_last_event(self, running: Running, store: Store) -> None:
        given_mail(store, "ada", sequence=1)
        with opened(running) as events:
            place = events.next()["id"]
        for sequence in (2, 3, 4):
            given_mail(store, "ada", sequence=sequence)
        given_announcement(store, title="News", starts_at=LONG_AGO)
        with opened(running, **{"last-event-id": place}) as events:
            assert events.next()["event"] == "hello"
            told = [events.next() for _ in range(4)]
            given_mail(store, "ada", sequence=5)
            told.append(events.next())
        assert [event["event"] for event in told] == ["notification"] * 3 + ["announcement", "notification"]
        places = [int(event["id"]) for event in told]
        assert places == sorted(set(places))
        with opened(running, **{"last-event-id": str(places[0])}) as events:
            assert [events.next()["event"] for _ in range(2)] == ["hello", "notification"]

    @pytest.mark.parametrize("last", ["999999", "12345678901234567890", "x", "-1"])
    def test_survives_a_place_that_is_none(self, running: Running, last: str) -> None:
        with opened(running, **{"last-event-id": last}) as events:
            assert events.next()["event"] in ("hello", "resync")

    def test_says_when_too_much_was_missed(
        self, running: Running, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stream, "MISSED_EVENTS", 2)
        for sequence in range(1, 5):
            given_mail(store, "ada", sequence=sequence)
        with opened(running, **{"last-event-id": "1"}) as events:
            event = events.next()
        assert (event["event"], json.loads(event["data"])) == ("resync", {"unread": 4})

    def test_shows_announcements_to_their_audience_and_takes_them_away(self, running: Running, store: Store) -> None:
        with opened(running, "ada") as ada, opened(running, "tess") as tess:
            assert {ada.next()["event"], tess.next()["event"]} == {"hello"}
            given_announcement(store, title="For staff", audience="staff", starts_at=LONG_AGO)
            row = given_announcement(store, title="For customers", audience="customers", starts_at=LONG_AGO)
            path = f"{running.url}/api/v1/announcements/{row.id}"
            assert json.loads(ada.next()["data"])["title"] == "For customers"
            assert json.loads(tess.next()["data"])["title"] == "For staff"
            assert httpx.delete(path, headers=as_person("sue")).status_code == 204
            gone = ada.next()
        assert (gone["event"], json.loads(gone["data"])) == ("announcement-gone", {"id": row.id})

    def test_ends_with_its_token(self, running: Running) -> None:
        with opened(running) as events:
            events.next()
            running.verifier.ended.add("ada")
            began = time.monotonic()
            assert events.next() == {"event": "end"}
            assert time.monotonic() - began < 2

    def test_ends_when_the_process_drains(self, running: Running) -> None:
        with opened(running) as events:
            events.next()
            running.app.state.readiness.draining = True
            assert events.next() == {"event": "end"}

    def test_gives_a_sign_of_life(self, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        assert stream.HEARTBEAT_SECONDS == 15
        monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.1)
        with opened(running) as events:
            events.next()
            assert events.next() == {"comment": "keep-alive"}

    def test_ends_the_oldest_of_too_many_of_one_person(self, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live, "STREAMS_PER_USER", 1)
        with opened(running) as first:
            first.next()
            with opened(running) as second, opened(running, "ben") as other:
                assert second.next()["event"] == other.next()["event"] == "hello"
                assert first.next() == {"event": "end"}

    def test_is_refused_beyond_what_a_process_can_hold(self, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live, "STREAMS", 1)
        with opened(running) as first:
            first.next()
            answer = httpx.get(running.url + PATH, headers=as_person("ben"))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")

    def test_needs_a_login(self, http: TestClient) -> None:
        assert http.get(PATH).status_code == 401


class TestFeed:
    def test_tells_by_polling_what_the_stream_would(self, http: TestClient, store: Store) -> None:
        ada = as_person("ada")
        start = http.get(FEED, headers=ada).json()
        assert (start["events"], start["unread"]) == ([], 0)
        given_mail(store, "ada", sequence=1)
        given_mail(store, "ben", sequence=2)
        given_announcement(store, title="News", starts_at=LONG_AGO)
        found = http.get(FEED, params={"after": start["last"]}, headers=ada).json()
        assert [(event["event"], event["id"]) for event in found["events"]] == [
            ("notification", start["last"] + 1),
            ("announcement", start["last"] + 3),
        ]
        assert (found["unread"], found["resync"]) == (1, False)
        again = http.get(FEED, params={"after": found["last"]}, headers=ada).json()
        assert (again["events"], again["last"]) == ([], found["last"])


class TestHub:
    def test_ends_a_stream_whose_reader_takes_nothing(self) -> None:
        one = live.LiveStream("t", "u", (), reader=live.Reader())
        event = live.LiveEvent(1, "notification", "{}")
        for _ in range(live.WAITING_EVENTS + 5):
            one.put(event)
        assert one.ended
        assert one.queue.qsize() == live.WAITING_EVENTS + 1
