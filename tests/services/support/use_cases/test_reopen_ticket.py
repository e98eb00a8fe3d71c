"""Reopening a ticket."""

import pytest

from services.support.domain.ticket import StepNotAllowed, TicketNotFound
from services.support.use_cases.reopen_ticket import reopen_ticket
from shared.store.engine import Store
from tests.services.support.conftest import ADA, AS_ADA, AS_BEN, BEN, SUE
from tests.services.support.tickets import LEVELS, NOON, commands, given_status, given_ticket


class TestReopenTicket:
    def test_is_for_its_customer(self, store: Store) -> None:
        ticket = given_status(store, given_ticket(store, ADA), "resolved", SUE)
        with store.write() as session:
            again = reopen_ticket(session, caller=ADA, viewer=AS_ADA, ticket_id=ticket.id, levels=LEVELS, now=NOON)
        assert (again.status, again.resolution) == ("open", None)
        assert commands(store)[-1] == "reopen-ticket"

    def test_is_not_for_another_customer(self, store: Store) -> None:
        ticket = given_status(store, given_ticket(store, ADA), "resolved", SUE)
        with pytest.raises(TicketNotFound), store.write() as session:
            reopen_ticket(session, caller=BEN, viewer=AS_BEN, ticket_id=ticket.id, levels=LEVELS, now=NOON)

    def test_refuses_what_is_still_open(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with pytest.raises(StepNotAllowed), store.write() as session:
            reopen_ticket(session, caller=ADA, viewer=AS_ADA, ticket_id=ticket.id, levels=LEVELS, now=NOON)
