"""Changing a ticket."""

import pytest

from services.support.domain.ticket import DEFAULT_RESOLUTION, StepNotAllowed, TicketNotFound, VersionMismatch
from services.support.use_cases.update_ticket import update_ticket
from shared.contracts.support import TicketResolved
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE, THE_DESK
from tests.services.support.tickets import LEVELS, NOON, commands, facts, given_status, given_ticket


class TestUpdateTicket:
    def test_sets_status_and_priority(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with store.write() as session:
            changed = update_ticket(
                session,
                caller=SUE,
                viewer=THE_DESK,
                ticket_id=ticket.id,
                seen_version=1,
                status="waiting-on-customer",
                priority="urgent",
                levels=LEVELS,
                now=NOON,
            )
        assert (changed.status, changed.priority, changed.version) == ("waiting-on-customer", "urgent", 2)
        assert commands(store) == ["raise-ticket", "update-ticket"]

    def test_states_a_resolution_and_tells_when_it_resolves(self, store: Store) -> None:
        ticket = given_status(store, given_ticket(store, ADA), "resolved", SUE)
        assert ticket.resolution == DEFAULT_RESOLUTION
        assert facts(store)[-1][0] == TicketResolved.type

    def test_refuses_an_older_version(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        given_status(store, ticket, "in-progress", SUE)
        ticket.version = 1
        with pytest.raises(VersionMismatch):
            given_status(store, ticket, "closed", SUE)

    def test_refuses_to_leave_an_end(self, store: Store) -> None:
        ticket = given_status(store, given_ticket(store, ADA), "closed", SUE)
        with pytest.raises(StepNotAllowed):
            given_status(store, ticket, "in-progress", SUE)

    def test_finds_nothing_where_nothing_is(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        ticket.id = "missing"
        with pytest.raises(TicketNotFound):
            given_status(store, ticket, "closed", SUE)
