"""Both sides of a movement are told."""

from services.notifications.use_cases.notify_both_sides import Movement, Side, notify_both_sides
from shared.clock import bank_now
from shared.contracts.envelope import Position
from shared.store.engine import Store
from tests.services.notifications.told import items


class TestNotifyBothSides:
    def test_tells_every_owner_of_each_side_once(self, store: Store) -> None:
        sides = (Side("transfer-out", "a-1", ["ada", "cleo"]), Side("transfer-in", "a-2", ["ben"]))
        moved = Movement("e-1", 100, "EUR", "2026-01-01T00:00:00.000000Z")
        for _ in range(2):
            with store.write() as session:
                notify_both_sides(
                    session, sides=sides, moved=moved, source=Position("transactions", 0, 1, 1), now=bank_now()
                )
        with store.read() as session:
            told = [(who, kind) for who, kind, _ in items(session)]
        assert sorted(told) == [("ada", "transfer-out"), ("ben", "transfer-in"), ("cleo", "transfer-out")]
