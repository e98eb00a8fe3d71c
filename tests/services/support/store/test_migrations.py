"""The store of support: its migrations make exactly its tables."""

from shared.store.drift import find_drift
from shared.store.engine import Store


class TestMigrations:
    def test_make_what_the_tables_say(self, store: Store) -> None:
        assert find_drift(store) == []
