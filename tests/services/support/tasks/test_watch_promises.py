"""The escalation job on an empty desk; what it does is in `use_cases/test_watch_promises.py`."""

from services.support.tasks.watch_promises import watch_promises
from shared.store.engine import Store


class TestWatchPromises:
    def test_has_nothing_to_do_where_nothing_is_promised(self, store: Store) -> None:
        assert watch_promises(store) == 0
