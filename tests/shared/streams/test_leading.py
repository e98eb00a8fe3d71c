"""One of several replicas listens; another takes over when its connection ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from sqlalchemy import text

from shared.store.engine import Store
from shared.streams import leading
from shared.streams.leading import Leading

pytestmark = pytest.mark.postgres


class Replica:
    """One that leads or waits, in a thread of its own."""

    def __init__(self, store: Store) -> None:
        self.leads = Event()
        self.stopping = Event()
        self.thread = Thread(target=Leading(store, self.term, self.stopping).run, daemon=True)
        self.thread.start()

    @contextmanager
    def term(self) -> Iterator[None]:
        self.leads.set()
        try:
            yield
        finally:
            self.leads.clear()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(5)


Replicas = tuple[Store, list[Replica]]


@pytest.fixture
def replicas(make_store: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch) -> Iterator[Replicas]:
    monkeypatch.setattr(leading, "LOOK_SECONDS", 0.05)
    store = make_store("support")
    found = [Replica(store) for _ in range(3)]
    yield store, found
    for one in found:
        one.stop()


def leaders(replicas: list[Replica]) -> list[Replica]:
    """Give those that lead, once somebody does."""
    ends = time.monotonic() + 5
    while not any(one.leads.is_set() for one in replicas):
        assert time.monotonic() < ends, "Nobody leads."
        time.sleep(0.01)
    return [one for one in replicas if one.leads.is_set()]


class TestLeading:
    def test_is_one_at_a_time(self, replicas: Replicas) -> None:
        assert len(leaders(replicas[1])) == 1
        time.sleep(0.3)
        assert len(leaders(replicas[1])) == 1

    def test_passes_on_when_the_leader_stops(self, replicas: Replicas) -> None:
        (first,) = leaders(replicas[1])
        first.stop()
        assert not first.leads.is_set()
        assert len(leaders(replicas[1])) == 1

    def test_passes_on_when_the_leaders_connection_is_cut(self, replicas: Replicas) -> None:
        store, found = replicas
        (first,) = leaders(found)
        with store.apart.connect() as connection:
            holders = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            connection.execute(text(holders))
        ends = time.monotonic() + 5
        while first.leads.is_set():
            assert time.monotonic() < ends
            time.sleep(0.01)
        assert len(leaders(found)) == 1
