"""Warnings, breaches and escalations."""

from datetime import datetime, timedelta

import pytest

from services.support.store.tables import TicketRow
from services.support.tasks import watch_promises as job
from services.support.use_cases.raise_ticket import TicketOrder
from services.support.use_cases.watch_promises import watch_promises
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE
from tests.services.support.tickets import NOON, facts, given_status, given_ticket

URGENT = TicketOrder(type="technical", subject="s", description="d", priority="urgent")
MINUTE = timedelta(minutes=1)


def look(store: Store, ticket: TicketRow, minutes: int) -> list[str]:
    with store.write() as session:
        return watch_promises(session, ticket_id=ticket.id, now=NOON + minutes * MINUTE)


class TestWatchPromises:
    def test_warns_once_and_tells_of_the_breach_once(self, store: Store) -> None:
        ticket = given_ticket(store, ADA, URGENT)
        assert [look(store, ticket, minutes) for minutes in (44, 45, 50, 59, 60, 61)] == [
            [],
            ["due-soon first-response"],
            [],
            [],
            ["overdue first-response"],
            [],
        ]
        told = [kind.split(".")[2] for kind, _ in facts(store)]
        assert told == ["ticket-raised", "ticket-due-soon", "ticket-overdue", "ticket-escalated"]
        with store.read() as session:
            row = session.get_one(TicketRow, ticket.id)
            assert (row.escalation, row.escalated_at) == ("first-response is overdue", NOON + 60 * MINUTE)

    def test_says_nothing_while_the_desk_waits_for_the_customer(self, store: Store) -> None:
        ticket = given_ticket(store, ADA, URGENT)
        given_status(store, ticket, "waiting-on-customer", SUE)
        assert look(store, ticket, 6000) == []

    def test_says_nothing_of_what_is_resolved_or_missing(self, store: Store) -> None:
        ticket = given_ticket(store, ADA, URGENT)
        given_status(store, ticket, "resolved", SUE)
        assert look(store, ticket, 6000) == []
        ticket.id = "missing"
        assert look(store, ticket, 6000) == []


class TestJob:
    def test_finds_what_is_due(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        tickets = [given_ticket(store, ADA, URGENT) for _ in range(3)]
        given_status(store, tickets[0], "resolved", SUE)

        def run(at: datetime) -> int:
            monkeypatch.setattr(job, "bank_now", lambda: at)
            return job.watch_promises(store)

        assert [run(NOON + minutes * MINUTE) for minutes in (10, 50, 51, 90, 91)] == [0, 2, 0, 2, 0]
