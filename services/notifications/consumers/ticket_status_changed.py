"""A customer learns that the desk waits for them, or that their ticket is closed."""

from sqlmodel import Session

from services.notifications.domain.notice import ticket_step
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.support import TicketStatusChanged

FACT = TicketStatusChanged


def consume(session: Session, fact: TicketStatusChanged, envelope: Envelope) -> None:
    """Tell the customer; that the desk waits for them also by mail."""
    if fact.status == "waiting-on-customer":
        notice = ticket_step(kind="ticket-waiting", ticket_id=fact.ticket_id, number=fact.number, by_mail=True)
    elif fact.status == "closed":
        notice = ticket_step(kind="ticket-closed", ticket_id=fact.ticket_id, number=fact.number)
    else:
        return  # that somebody works on it again needs no word
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
