"""A customer learns that the desk answered their ticket."""

from sqlmodel import Session

from services.notifications.domain.notice import ticket_step
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.support import TicketAnswered

FACT = TicketAnswered


def consume(session: Session, fact: TicketAnswered, envelope: Envelope) -> None:
    """Tell the customer, in the inbox and by mail."""
    notice = ticket_step(kind="ticket-answered", ticket_id=fact.ticket_id, number=fact.number, by_mail=True)
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
