"""Change a ticket's status or priority.

Who: the desk. Rule: `domain/ticket.py`. Says: `TicketResolved` or `TicketStatusChanged`, if its status did.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import Priority, Status, Viewer, check_version, resolution_text, step
from services.support.store.tables import TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from services.support.use_cases.turn_clocks import turn_clocks
from shared.contracts.caller import Caller
from shared.contracts.envelope import Fact
from shared.contracts.support import TicketResolved, TicketStatusChanged
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
    levels: ServiceLevels,
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
    was = ticket.status
    ticket.status = was if status is None else step(current=was, wanted=status)
    if ticket.status == "resolved" != was:
        ticket.resolution, ticket.resolved_at = resolution_text(given=None), now
        ticket.resolutions += 1
    if priority is not None:
        ticket.priority = priority
    ticket.updated_at = now
    save_ticket(session, ticket)
    turn_clocks(session, ticket=ticket, before=was, levels=levels, now=now, priority=priority)
    record_audit(
        session,
        caller=caller,
        command="update-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        before=before,
        after={"status": ticket.status, "priority": ticket.priority},
    )
    if ticket.status != was:
        append_facts(session, _fact(ticket))
    return ticket


def _fact(ticket: TicketRow) -> Fact:
    common = {
        "ticket_id": ticket.id,
        "number": ticket.number,
        "customer_id": ticket.customer_id,
        "user_id": ticket.user_id,
    }
    if ticket.status == "resolved":
        return TicketResolved(**common)
    return TicketStatusChanged(**common, status=ticket.status)
