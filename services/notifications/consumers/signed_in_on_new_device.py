"""Somebody signed in from a device that a login was not seen on before."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.identity import SignedInOnNewDevice

FACT = SignedInOnNewDevice


def consume(session: Session, fact: SignedInOnNewDevice, envelope: Envelope) -> None:
    """Tell a customer in the inbox and by mail; members of staff see their own sign-in log."""
    if fact.customer_id is None:
        return
    notice = Notice(kind="new-device", params={"device": fact.device, "booked_at": fact.at}, by_mail=True)
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
