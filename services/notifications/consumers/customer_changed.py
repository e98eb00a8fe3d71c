"""A customer learns that the bank reaches them elsewhere from now on, whoever changed it."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import CustomerChanged
from shared.contracts.envelope import Envelope

FACT = CustomerChanged
CONTACT = {"phone", "address"}


def consume(session: Session, fact: CustomerChanged, envelope: Envelope) -> None:
    """Tell them in the inbox and, whatever they chose, by mail."""
    if CONTACT.isdisjoint(fact.fields):
        return
    notice = Notice(kind="contact-changed", by_mail=True)
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
