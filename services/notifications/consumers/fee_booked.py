"""A fee is told to every owner of the account."""

from sqlmodel import Session

from services.notifications.domain.notice import movement
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import FeeBooked

FACT = FeeBooked


def consume(session: Session, fact: FeeBooked, envelope: Envelope) -> None:
    """Tell each owner, in the inbox and by mail."""
    notice = movement(
        kind="fee",
        account_id=fact.account_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
        entry_id=fact.entry_id,
        booked_at=fact.booked_at,
        balance_after_minor=fact.balance_after_minor,
    )
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
