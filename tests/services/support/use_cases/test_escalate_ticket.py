"""Escalating a ticket."""

from datetime import timedelta

from services.support.store.tables import TicketRow
from services.support.use_cases.escalate_ticket import BY_HAND, escalate_ticket
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE
from tests.services.support.tickets import NOON, facts, given_ticket


class TestEscalateTicket:
    def test_notes_the_first_time_and_the_last_reason(self, store: Store) -> None:
        made = given_ticket(store, ADA)
        for minutes, reason in ((1, "angry"), (2, "press")):
            with store.write() as session:
                ticket = session.get_one(TicketRow, made.id)
                at = NOON + timedelta(minutes=minutes)
                escalate_ticket(session, caller=SUE, ticket=ticket, cause=BY_HAND, reason=reason, now=at)
        with store.read() as session:
            row = session.get_one(TicketRow, made.id)
            assert (row.escalated_at, row.escalation) == (NOON + timedelta(minutes=1), "press")
        assert [data["cause"] for kind, data in facts(store) if "escalated" in kind] == ["by-hand"] * 2
        assert "angry" not in str(facts(store))
