"""One at a time on a name."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from services.accounts.store import turns
from services.accounts.store.turns import take_turn
from shared.errors import Unavailable


class TestTakeTurn:
    def test_lets_the_next_one_in_when_the_first_is_done_whatever_happened(self) -> None:
        with pytest.raises(ValueError, match="broken"), take_turn("ada"):
            raise ValueError("broken")
        with take_turn("ada"), take_turn("ben"):
            pass

    def test_does_not_wait_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(turns, "_WAIT_SECONDS", 0.05)
        with take_turn("ada"), pytest.raises(Unavailable), take_turn("ada"):
            pass

    def test_has_one_at_work_at_a_time(self) -> None:
        at_work, done = 0, Event()

        def work(_: int) -> int:
            nonlocal at_work
            with take_turn("ada"):
                at_work += 1
                seen = at_work
                done.wait(0.002)
                at_work -= 1
                return seen

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(work, range(16))) == {1}
