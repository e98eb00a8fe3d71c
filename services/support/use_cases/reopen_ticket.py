"""Reopen a resolved or closed ticket.

Who: its customer, or the desk. Rule: `domain/ticket.py`. Says: `TicketReopened`.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import Viewer, reopen
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from services.support.use_cases.turn_clocks import turn_clocks
from shared.contracts.caller import Caller
from shared.contracts.support import TicketReopened
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def reopen_ticket(
    session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, levels: ServiceLevels, now: datetime
) -> TicketRow:
    """Bring the ticket back to open with a resolution promised anew; the old one stays in the audit trail.

    :raises TicketNotFound: if it is missing or somebody else's
    :raises StepNotAllowed: if it is neither resolved nor closed
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    before = {"status": ticket.status, "resolution": ticket.resolution}
    was = ticket.status
    ticket.status = reopen(current=was)
    ticket.resolution = ticket.resolved_at = None
    ticket.updated_at = now
    save_ticket(session, ticket)
    turn_clocks(session, ticket=ticket, before=was, levels=levels, now=now)
    record_audit(
        session,
        caller=caller,
        command="reopen-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"status": ticket.status, "resolution": None},
    )
    append_facts(
        session,
        TicketReopened(
            ticket_id=ticket.id,
            number=ticket.number,
            customer_id=ticket.customer_id,
            user_id=ticket.user_id,
            assignee_user_id=ticket.assignee_user_id,
        ),
    )
    return ticket
