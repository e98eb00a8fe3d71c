"""Closing what nobody reopened."""

from services.support.use_cases.close_resolved import close_resolved
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE
from tests.services.support.tickets import NOON, facts, given_status, given_ticket


class TestCloseResolved:
    def test_closes_some_at_a_time_and_says_so(self, store: Store) -> None:
        for _ in range(3):
            given_status(store, given_ticket(store, ADA), "resolved", SUE)
        given_ticket(store, ADA)
        closed = []
        for _ in range(3):
            with store.write() as session:
                closed.append(close_resolved(session, resolved_until=NOON, now=NOON, limit=2))
        assert closed == [2, 1, 0]
        told = [data["status"] for kind, data in facts(store) if "status-changed" in kind]
        assert told == ["closed"] * 3
