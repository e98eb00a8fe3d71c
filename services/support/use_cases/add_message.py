"""Add a message to a ticket's thread.

Who: its customer; the desk, also as an internal note. Rule: `domain/ticket.py`. Says: `TicketAnswered` for the
desk's words to the customer, `TicketReplied` for the customer's. Notes are never told.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import AuthorKind, Viewer, status_after_message
from services.support.store.tables import MessageRow, TicketRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import keep_message, save_ticket
from services.support.use_cases.turn_clocks import turn_clocks
from shared.contracts.caller import Caller
from shared.contracts.envelope import Fact
from shared.contracts.support import TicketAnswered, TicketReplied
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def add_message(
    session: Session,
    *,
    caller: Caller,
    viewer: Viewer,
    ticket_id: str,
    text: str,
    internal: bool,
    levels: ServiceLevels,
    now: datetime,
) -> MessageRow:
    """Keep the message; what is not internal counts as a change of the ticket.

    :raises TicketNotFound: if it is missing or somebody else's
    :raises NotForCustomers: if a customer writes an internal note
    :raises TicketClosed: if the ticket is closed
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    author: AuthorKind = "staff" if viewer.is_desk else "customer"
    status = status_after_message(current=ticket.status, author=author, internal=internal)
    message = MessageRow(
        id=new_id(),
        ticket_id=ticket.id,
        author=author,
        author_user_id=caller.user_id or "",
        text=text,
        internal=internal,
        created_at=now,
    )
    keep_message(session, message)
    record_audit(
        session,
        caller=caller,
        command="add-message",
        subject_type="ticket",
        subject_id=ticket.id,
        before={"status": ticket.status},
        after={"status": status, "message_id": message.id, "internal": internal},
    )
    if internal:  # not even the version may tell the customer that a note was written
        return message
    before, ticket.status, ticket.updated_at = ticket.status, status, now
    save_ticket(session, ticket)
    turn_clocks(session, ticket=ticket, before=before, levels=levels, now=now, answered=author == "staff")
    append_facts(session, _fact(ticket, message))
    return message


def _fact(ticket: TicketRow, message: MessageRow) -> Fact:
    common = {"ticket_id": ticket.id, "number": ticket.number, "customer_id": ticket.customer_id}
    if message.author == "staff":
        return TicketAnswered(**common, user_id=ticket.user_id, message_id=message.id)
    return TicketReplied(**common, assignee_user_id=ticket.assignee_user_id, message_id=message.id)
