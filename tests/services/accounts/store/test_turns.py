"""One at a time on a name."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from services.accounts.store import turns
from services.accounts.store.turns import take_turn
from shared.errors import Unavailable
from shared.store.engine import Store


class TestTakeTurn:
    def test_lets_the_next_one_in_when_the_first_is_done_whatever_happened(self, store: Store) -> None:
        with pytest.raises(ValueError, match="broken"), take_turn(store, "ada"):
            raise ValueError("broken")
        with take_turn(store, "ada"), take_turn(store, "ben"):
            pass

    def test_does_not_wait_for_ever(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(turns, "_WAIT_SECONDS", 0.05)
        with take_turn(store, "ada"), pytest.raises(Unavailable), take_turn(store, "ada"):
            pass

    def test_has_one_at_work_at_a_time(self, store: Store) -> None:
        at_work, done = 0, Event()

        def work(_: int) -> int:
            nonlocal at_work
            with take_turn(store, "ada"):
                at_work += 1
                seen = at_work
                done.wait(0.002)
                at_work -= 1
                return seen

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(work, range(16))) == {1}

    def test_waits_for_another_replica_of_the_same_store(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another process has its own list of names; on SQLite there is no other process."""
        if store.is_sqlite:
            return
        monkeypatch.setattr(turns, "_WAIT_SECONDS", 1.0)
        with take_turn(store, "ada"):
            monkeypatch.setattr(turns, "_taken", set())
            with take_turn(store, "ben"), pytest.raises(Unavailable), take_turn(store, "ada"):
                pass
