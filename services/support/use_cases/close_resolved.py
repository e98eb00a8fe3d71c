"""Close tickets that were resolved some days ago and that nobody reopened.

Who: the worker's schedule. Rule: `domain/ticket.py`. Says: `TicketStatusChanged`.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.ticket import step
from services.support.store.ticket_store import resolved_before, save_ticket
from shared.contracts.caller import Caller
from shared.contracts.support import TicketStatusChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts

_SCHEDULE = Caller.for_service("support")


def close_resolved(session: Session, *, resolved_until: datetime, now: datetime, limit: int) -> int:
    """Close those that were resolved until a moment, at most so many; gives how many."""
    due = resolved_before(session, moment=resolved_until, limit=limit)
    for ticket in due:
        ticket.status = step(current=ticket.status, wanted="closed")
        ticket.updated_at = now
        save_ticket(session, ticket)
        record_audit(
            session,
            caller=_SCHEDULE,
            command="close-ticket",
            subject_type="ticket",
            subject_id=ticket.id,
            before={"status": "resolved"},
            after={"status": "closed"},
        )
        append_facts(
            session,
            TicketStatusChanged(
                ticket_id=ticket.id,
                number=ticket.number,
                customer_id=ticket.customer_id,
                user_id=ticket.user_id,
                status="closed",
            ),
        )
    return len(due)
