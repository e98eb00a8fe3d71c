"""Write transactions on SQLite come one after another: who waits begins as soon as the other is done."""

import threading
import time
from collections.abc import Callable

import pytest

from shared.errors import Unavailable
from shared.store import engine
from shared.store.engine import Store
from shared.store.jobs import enqueue_job
from shared.store.schema import tables_of

pytestmark = pytest.mark.sqlite


def beside(store: Store) -> Store:
    """Open the store as another process would, with a connection of its own."""
    return Store(f"sqlite:///{store.path}", service="support", plumbing=tables_of("support")[1])


class TestAWriteTransaction:
    def test_begins_when_the_other_has_committed(self, make_store: Callable[[str], Store]) -> None:
        store = make_store("support")
        other, begun, waited = beside(store), threading.Event(), []

        def hold() -> None:
            with other.write() as session:
                enqueue_job(session, kind="k", unique_key="1", payload={})
                begun.set()
                time.sleep(0.05)
            waited.append(time.monotonic())

        thread = threading.Thread(target=hold)
        thread.start()
        begun.wait(10)
        with store.write() as session:
            assert enqueue_job(session, kind="k", unique_key="1", payload={}) is None, "it did not wait"
        thread.join()
        other.close()
        assert waited

    def test_gives_up_in_time_and_can_begin_again(
        self, make_store: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.02)
        store = make_store("support")
        other = beside(store)
        with other.write(), pytest.raises(Unavailable), store.write():
            pass
        with store.write() as session:
            assert enqueue_job(session, kind="k", unique_key="1", payload={}) is not None
        other.close()
