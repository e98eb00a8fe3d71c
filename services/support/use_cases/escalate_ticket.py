"""Escalate a ticket: it needs more attention.

Who: the desk, with a reason; the schedule, when a promise was broken. Rule: `domain/service_level.py`. Says:
`TicketEscalated`.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.store.tables import TicketRow
from services.support.store.ticket_store import save_ticket
from shared.contracts.caller import Caller
from shared.contracts.support import TicketEscalated
from shared.store.audit import record_audit
from shared.store.outbox import append_facts

OVERDUE = "overdue"
BY_HAND = "by-hand"


def escalate_ticket(
    session: Session, *, caller: Caller, ticket: TicketRow, cause: str, reason: str, now: datetime
) -> TicketRow:
    """Note since when and why; an earlier escalation keeps its time. The reason is for staff only."""
    before = {"escalation": ticket.escalation}
    ticket.escalated_at = ticket.escalated_at or now
    ticket.escalation = reason
    save_ticket(session, ticket)
    record_audit(
        session,
        caller=caller,
        command="escalate-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"escalation": reason},
    )
    append_facts(
        session,
        TicketEscalated(
            ticket_id=ticket.id, number=ticket.number, assignee_user_id=ticket.assignee_user_id, cause=cause
        ),
    )
    return ticket
