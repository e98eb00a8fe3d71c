"""Somebody of the desk has a ticket from now on."""

from sqlmodel import Session

from services.notifications.domain.notice import ticket_step
from services.notifications.use_cases.notify_customer import notify_user
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.support import TicketAssigned

FACT = TicketAssigned


def consume(session: Session, fact: TicketAssigned, envelope: Envelope) -> None:
    """Tell them in the inbox and by mail, unless they took it themselves."""
    if fact.assignee_user_id is None or fact.assignee_user_id == fact.assigned_by:
        return  # who takes a ticket knows it
    notice = ticket_step(kind="ticket-assigned", ticket_id=fact.ticket_id, number=fact.number, by_mail=True)
    notify_user(session, user_id=fact.assignee_user_id, source=envelope.position, notice=notice, now=bank_now())
