"""Resolve a ticket.

Who: the desk. Rule: `domain/ticket.py`. Says: `TicketResolved`.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import Viewer, check_not_resolved, resolution_text, step
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from services.support.use_cases.turn_clocks import turn_clocks
from shared.contracts.caller import Caller
from shared.contracts.support import TicketResolved
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def resolve_ticket(
    session: Session,
    *,
    caller: Caller,
    viewer: Viewer,
    ticket_id: str,
    resolution: str | None,
    levels: ServiceLevels,
    now: datetime,
) -> TicketRow:
    """Note how the matter was settled, with the stated default where no text is given.

    :raises TicketNotFound: if there is no such ticket
    :raises StepNotAllowed: if it is resolved or closed already
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    check_not_resolved(current=ticket.status)
    was = ticket.status
    before = {"status": was}
    ticket.status = step(current=was, wanted="resolved")
    ticket.resolution = resolution_text(given=resolution)
    ticket.resolved_at = ticket.updated_at = now
    ticket.resolutions += 1
    save_ticket(session, ticket)
    turn_clocks(session, ticket=ticket, before=was, levels=levels, now=now)
    record_audit(
        session,
        caller=caller,
        command="resolve-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"status": ticket.status},
    )
    append_facts(
        session,
        TicketResolved(
            ticket_id=ticket.id, number=ticket.number, customer_id=ticket.customer_id, user_id=ticket.user_id
        ),
    )
    return ticket
