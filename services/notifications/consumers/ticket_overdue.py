"""Whoever has a ticket learns that a promise was broken."""

from sqlmodel import Session

from services.notifications.domain.notice import ticket_step
from services.notifications.store.staff_store import SUPPORT_DESK, staff_with
from services.notifications.use_cases.notify_customer import notify_user
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.support import TicketOverdue

FACT = TicketOverdue


def consume(session: Session, fact: TicketOverdue, envelope: Envelope) -> None:
    """Tell them, in the inbox of their login and by mail; of a ticket that nobody has, all of the support desk."""
    notice = ticket_step(kind="ticket-overdue", ticket_id=fact.ticket_id, number=fact.number, by_mail=True)
    told = [fact.assignee_user_id] if fact.assignee_user_id else staff_with(session, SUPPORT_DESK)
    for user_id in told:
        notify_user(session, user_id=user_id, source=envelope.position, notice=notice, now=bank_now())
