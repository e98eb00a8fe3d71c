"""Change a ticket's status or priority.

Who: the desk. Rule: `domain/ticket.py`. Says: `TicketResolved` when the new status is resolved.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.ticket import Priority, Status, Viewer, check_version, resolution_text, step
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from shared.contracts.caller import Caller
from shared.contracts.support import TicketResolved
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def update_ticket(
    session: Session,
    *,
    caller: Caller,
    viewer: Viewer,
    ticket_id: str,
    seen_version: int,
    status: Status | None,
    priority: Priority | None,
    now: datetime,
) -> TicketRow:
    """Take the step and set the priority, if the desk saw the newest version.

    :raises TicketNotFound: if there is no such ticket
    :raises VersionMismatch: if somebody changed it first
    :raises StepNotAllowed: if it cannot go to that status
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    check_version(current=ticket.version, seen=seen_version)
    before = {"status": ticket.status, "priority": ticket.priority}
    wanted = ticket.status if status is None else step(current=ticket.status, wanted=status)
    resolved_now = wanted == "resolved" and ticket.status != "resolved"
    ticket.status = wanted
    if resolved_now:
        ticket.resolution = resolution_text(given=None)
    if priority is not None:
        ticket.priority = priority
    ticket.updated_at = now
    save_ticket(session, ticket)
    record_audit(
        session,
        caller=caller,
        command="update-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"status": ticket.status, "priority": ticket.priority},
    )
    if resolved_now:
        append_facts(
            session,
            TicketResolved(
                ticket_id=ticket.id, number=ticket.number, customer_id=ticket.customer_id, user_id=ticket.user_id
            ),
        )
    return ticket
