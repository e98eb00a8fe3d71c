"""A customer and whoever has the ticket learn that it is open again."""

from sqlmodel import Session

from services.notifications.domain.notice import ticket_step
from services.notifications.use_cases.notify_customer import notify_customer, notify_user
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.support import TicketReopened

FACT = TicketReopened


def consume(session: Session, fact: TicketReopened, envelope: Envelope) -> None:
    """Tell both, in the inbox."""
    notice = ticket_step(kind="ticket-reopened", ticket_id=fact.ticket_id, number=fact.number)
    now = bank_now()
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=now)
    if fact.assignee_user_id is not None:
        notify_user(session, user_id=fact.assignee_user_id, source=envelope.position, notice=notice, now=now)
