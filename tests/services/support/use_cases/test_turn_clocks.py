"""A ticket's clocks follow what happens to it."""

from datetime import timedelta

from services.support.store.clock_store import clocks_of
from services.support.store.tables import TicketRow
from services.support.use_cases.add_message import add_message
from services.support.use_cases.reopen_ticket import reopen_ticket
from services.support.use_cases.resolve_ticket import resolve_ticket
from services.support.use_cases.turn_clocks import turn_clocks
from services.support.use_cases.update_ticket import update_ticket
from shared.store.engine import Store
from tests.services.support.conftest import ADA, AS_ADA, SUE, THE_DESK
from tests.services.support.tickets import LEVELS, NOON, given_status, given_ticket

MINUTE = timedelta(minutes=1)


def states(store: Store, ticket: TicketRow) -> dict[str, str]:
    with store.read() as session:
        return {clock.kind: clock.state for clock in clocks_of(session, ticket_id=ticket.id)}


def say(store: Store, ticket: TicketRow, *, desk: bool, internal: bool = False) -> None:
    with store.write() as session:
        caller, viewer = (SUE, THE_DESK) if desk else (ADA, AS_ADA)
        add_message(
            session,
            caller=caller,
            viewer=viewer,
            ticket_id=ticket.id,
            text="x",
            internal=internal,
            levels=LEVELS,
            now=NOON + MINUTE,
        )


class TestTurnClocks:
    def test_starts_both_with_the_ticket(self, store: Store) -> None:
        assert states(store, given_ticket(store, ADA)) == {"first-response": "running", "resolution": "running"}

    def test_meets_the_first_response_by_words_to_the_customer_only(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        say(store, ticket, desk=True, internal=True)
        say(store, ticket, desk=False)
        assert states(store, ticket)["first-response"] == "running"
        say(store, ticket, desk=True)
        assert states(store, ticket) == {"first-response": "met", "resolution": "running"}

    def test_pauses_while_the_customer_is_asked_and_goes_on_with_the_reply(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        say(store, ticket, desk=True)
        with store.read() as session:
            ticket = session.get_one(TicketRow, ticket.id)
        given_status(store, ticket, "waiting-on-customer", SUE)
        assert states(store, ticket)["resolution"] == "paused"
        say(store, ticket, desk=False)
        assert states(store, ticket)["resolution"] == "running"

    def test_ends_both_with_the_resolution_and_promises_anew_when_it_is_reopened(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with store.write() as session:
            resolve_ticket(
                session,
                caller=SUE,
                viewer=THE_DESK,
                ticket_id=ticket.id,
                resolution=None,
                levels=LEVELS,
                now=NOON + MINUTE,
            )
        assert states(store, ticket) == {"first-response": "met", "resolution": "met"}
        with store.write() as session:
            reopen_ticket(session, caller=ADA, viewer=AS_ADA, ticket_id=ticket.id, levels=LEVELS, now=NOON + 5 * MINUTE)
            (resolution,) = (one for one in clocks_of(session, ticket_id=ticket.id) if one.kind == "resolution")
        assert resolution.due_at == LEVELS.hours.add(NOON + 5 * MINUTE, LEVELS.target("resolution", "normal"))

    def test_follows_the_priority(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with store.write() as session:
            update_ticket(
                session,
                caller=SUE,
                viewer=THE_DESK,
                ticket_id=ticket.id,
                seen_version=1,
                status=None,
                priority="urgent",
                levels=LEVELS,
                now=NOON,
            )
            first = clocks_of(session, ticket_id=ticket.id)[0]
        assert first.due_at == LEVELS.hours.add(NOON, LEVELS.target("first-response", "urgent"))

    def test_leaves_a_ticket_from_before_the_promises_alone(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with store.write() as session:
            ticket.id = "another"
            turn_clocks(session, ticket=ticket, before="open", levels=LEVELS, now=NOON)
