"""Tell of promises that are due soon or broken, and escalate the ticket of a broken one.

Who: the worker's schedule. Rule: `domain/service_level.py`. Says: `TicketDueSoon`, `TicketOverdue`, `TicketEscalated`.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from services.support.domain.service_level import Clock
from services.support.store.clock_store import clocks_of, save_clocks
from services.support.store.tables import TicketRow
from services.support.use_cases.escalate_ticket import OVERDUE, escalate_ticket
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.support import TicketDueSoon, TicketOverdue
from shared.store.outbox import append_facts

_SCHEDULE = Caller.for_service("support")


def watch_promises(session: Session, *, ticket_id: str, now: datetime) -> list[str]:
    """Say once of each clock of a ticket what is to be said; gives what was. One that ran out needs no warning."""
    ticket = session.get(TicketRow, ticket_id)
    if ticket is None:
        return []
    clocks = clocks_of(session, ticket_id=ticket_id)
    said = [word for clock in clocks if (word := _look(session, ticket, clock, now)) is not None]
    save_clocks(session, ticket_id=ticket_id, clocks=clocks)
    for word in said:
        if word.startswith(OVERDUE):
            reason = f"{word.partition(' ')[2]} is overdue"
            escalate_ticket(session, caller=_SCHEDULE, ticket=ticket, cause=OVERDUE, reason=reason, now=now)
    return said


def _look(session: Session, ticket: TicketRow, clock: Clock, now: datetime) -> str | None:
    if clock.state != "running" or clock.due_at is None or clock.breached_at is not None:
        return None
    told: dict[str, Any] = {
        "ticket_id": ticket.id,
        "number": ticket.number,
        "assignee_user_id": ticket.assignee_user_id,
        "clock": clock.kind,
        "due_at": format_time(clock.due_at),
    }
    if clock.due_at <= now:
        clock.breached_at, clock.warned_at = clock.due_at, clock.warned_at or now
        append_facts(session, TicketOverdue(**told))
        return f"{OVERDUE} {clock.kind}"
    if clock.warned_at is None and clock.warn_at is not None and clock.warn_at <= now:
        clock.warned_at = now
        append_facts(session, TicketDueSoon(**told))
        return f"due-soon {clock.kind}"
    return None
