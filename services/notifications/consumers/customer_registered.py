"""A new customer is welcomed in the inbox and by mail."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.note_membership import note_membership
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import CustomerRegistered
from shared.contracts.envelope import Envelope

FACT = CustomerRegistered


def consume(session: Session, fact: CustomerRegistered, envelope: Envelope) -> None:
    """Welcome the customer, and note of which branch they are."""
    note_membership(session, customer_ids=[fact.customer_id], branch_id=fact.branch_id, product=None)
    notify_customer(
        session,
        customer_id=fact.customer_id,
        source=envelope.position,
        notice=Notice(kind="welcome", by_mail=True),
        now=bank_now(),
    )
