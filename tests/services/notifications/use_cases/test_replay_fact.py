"""Applying a parked fact."""

import pytest

from services.notifications.domain.delivery import StillUnreadable
from services.notifications.use_cases.replay_fact import replay_fact
from shared.store.engine import Store
from tests.services.notifications.conftest import SUE


class TestReplayFact:
    def test_says_whether_it_was_done_now(self, store: Store) -> None:
        answers = [
            replay_fact(store, caller=SUE, dead_letter_id="d", replay=lambda *_, done=done: done)
            for done in (True, False)
        ]
        assert answers == [True, False]

    def test_refuses_what_cannot_be_read(self, store: Store) -> None:
        def unreadable(_store: Store, _letter: str) -> bool:
            raise ValueError("no")

        with pytest.raises(StillUnreadable):
            replay_fact(store, caller=SUE, dead_letter_id="d", replay=unreadable)
