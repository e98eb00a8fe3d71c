"""Who has a ticket."""

import pytest

from services.support.domain.ticket import TicketNotFound
from services.support.store.tables import TicketRow
from services.support.use_cases.assign_ticket import assign_ticket
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE, THE_DESK
from tests.services.support.tickets import commands, facts, given_ticket


class TestAssignTicket:
    def test_gives_it_to_somebody_and_back_to_the_queue(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        for who in ("user-sue", "user-sue", None):
            with store.write() as session:
                assign_ticket(session, caller=SUE, viewer=THE_DESK, ticket_id=ticket.id, assignee_user_id=who)
        told = [data["assignee_user_id"] for kind, data in facts(store) if "assigned" in kind]
        assert told == ["user-sue", None]
        assert commands(store).count("assign-ticket") == 2
        with store.read() as session:
            assert session.get_one(TicketRow, ticket.id).updated_at == ticket.updated_at

    def test_needs_a_ticket(self, store: Store) -> None:
        with store.write() as session, pytest.raises(TicketNotFound):
            assign_ticket(session, caller=SUE, viewer=THE_DESK, ticket_id="x", assignee_user_id=None)
