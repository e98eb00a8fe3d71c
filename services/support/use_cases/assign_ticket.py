"""Give a ticket to somebody of the desk, or back to the queue.

Who: the desk. Rule: `domain/ticket.py`. Says: `TicketAssigned`.
"""

from sqlmodel import Session

from services.support.domain.ticket import Viewer
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from shared.contracts.caller import Caller
from shared.contracts.support import TicketAssigned
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def assign_ticket(
    session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, assignee_user_id: str | None
) -> TicketRow:
    """Note who has it; the same again changes nothing. The customer is not told, and sees no change of time.

    :raises TicketNotFound: if there is no such ticket
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    before = ticket.assignee_user_id
    if before == assignee_user_id:
        return ticket
    ticket.assignee_user_id = assignee_user_id
    save_ticket(session, ticket)
    record_audit(
        session,
        caller=caller,
        command="assign-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before={"assignee_user_id": before},
        after={"assignee_user_id": assignee_user_id},
    )
    append_facts(
        session,
        TicketAssigned(
            ticket_id=ticket.id,
            number=ticket.number,
            assignee_user_id=assignee_user_id,
            assigned_by=caller.user_id or "",
        ),
    )
    return ticket
