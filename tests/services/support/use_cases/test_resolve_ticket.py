"""Resolving a ticket."""

import pytest

from services.support.domain.ticket import DEFAULT_RESOLUTION, StepNotAllowed
from services.support.store.tables import TicketRow
from services.support.use_cases.resolve_ticket import resolve_ticket
from shared.contracts.support import TicketResolved
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE, THE_DESK
from tests.services.support.tickets import LEVELS, NOON, commands, facts, given_ticket


def resolve(store: Store, ticket_id: str, resolution: str | None) -> TicketRow:
    with store.write() as session:
        return resolve_ticket(
            session, caller=SUE, viewer=THE_DESK, ticket_id=ticket_id, resolution=resolution, levels=LEVELS, now=NOON
        )


class TestResolveTicket:
    @pytest.mark.parametrize(("given", "kept"), [("Sent again.", "Sent again."), (None, DEFAULT_RESOLUTION)])
    def test_keeps_how_it_was_settled(self, store: Store, given: str | None, kept: str) -> None:
        ticket = resolve(store, given_ticket(store, ADA).id, given)
        assert (ticket.status, ticket.resolution, ticket.version) == ("resolved", kept, 2)
        assert facts(store)[-1][0] == TicketResolved.type
        assert commands(store)[-1] == "resolve-ticket"

    def test_refuses_to_settle_twice(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        resolve(store, ticket.id, None)
        with pytest.raises(StepNotAllowed):
            resolve(store, ticket.id, "again")
