"""Reopen a resolved or closed ticket.

Who: its customer, or the desk. Rule: `domain/ticket.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.ticket import Viewer, reopen
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def reopen_ticket(session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, now: datetime) -> TicketRow:
    """Bring the ticket back to open; its old resolution stays in the audit trail.

    :raises TicketNotFound: if it is missing or somebody else's
    :raises StepNotAllowed: if it is neither resolved nor closed
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    before = {"status": ticket.status, "resolution": ticket.resolution}
    ticket.status = reopen(current=ticket.status)
    ticket.resolution = None
    ticket.updated_at = now
    save_ticket(session, ticket)
    record_audit(
        session,
        caller=caller,
        command="reopen-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"status": ticket.status, "resolution": None},
    )
    return ticket
