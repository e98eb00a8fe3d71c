"""Adding a message to a ticket."""

import pytest
from sqlalchemy import text

from services.support.domain.ticket import NotForCustomers, TicketNotFound, Viewer
from services.support.store.tables import MessageRow
from services.support.store.ticket_queries import get_ticket, list_messages
from services.support.use_cases.add_message import add_message
from shared.contracts.caller import Caller
from shared.contracts.support import TicketAnswered
from shared.store.engine import Store
from tests.services.support.conftest import ADA, AS_ADA, AS_BEN, BEN, SUE, THE_DESK
from tests.services.support.tickets import LEVELS, NOON, commands, facts, given_ticket


def write(
    store: Store, ticket_id: str, words: str, caller: Caller, viewer: Viewer, internal: bool = False
) -> MessageRow:
    with store.write() as session:
        return add_message(
            session,
            caller=caller,
            viewer=viewer,
            ticket_id=ticket_id,
            text=words,
            internal=internal,
            levels=LEVELS,
            now=NOON,
        )


class TestAddMessage:
    def test_of_the_desk_is_told_and_starts_the_work(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        message = write(store, ticket.id, "We look.", SUE, THE_DESK)
        assert facts(store)[-1] == (
            TicketAnswered.type,
            {
                "ticket_id": ticket.id,
                "number": ticket.number,
                "customer_id": "customer-ada",
                "user_id": "user-ada",
                "message_id": message.id,
            },
        )
        with store.read() as session:
            assert get_ticket(session, viewer=AS_ADA, ticket_id=ticket.id).status == "in-progress"
        assert commands(store)[-1] == "add-message"

    def test_that_is_internal_leaves_no_trace_for_the_customer(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        write(store, ticket.id, "Looks odd.", SUE, THE_DESK, internal=True)
        with store.read() as session:
            seen = get_ticket(session, viewer=AS_ADA, ticket_id=ticket.id)
            assert (seen.version, seen.updated_at, seen.status) == (1, ticket.updated_at, "open")
            assert list_messages(session, viewer=AS_ADA, ticket_id=ticket.id) == []
            assert len(list_messages(session, viewer=THE_DESK, ticket_id=ticket.id)) == 1
        assert len(facts(store)) == 1

    def test_that_is_internal_is_not_for_customers(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with pytest.raises(NotForCustomers):
            write(store, ticket.id, "hidden", ADA, AS_ADA, internal=True)

    def test_is_not_for_another_customer(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with pytest.raises(TicketNotFound):
            write(store, ticket.id, "mine now", BEN, AS_BEN)

    def test_stays_as_it_was_written(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        write(store, ticket.id, "We look.", SUE, THE_DESK)
        for statement in ("UPDATE messages SET text = 'other'", "DELETE FROM messages"):
            with pytest.raises(Exception, match="append-only"), store.write() as session:
                session.execute(text(statement))
