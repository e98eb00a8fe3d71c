"""Somebody signed in from a device that a login was not seen on before."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_login
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.identity import SignedInOnNewDevice

FACT = SignedInOnNewDevice


def consume(session: Session, fact: SignedInOnNewDevice, envelope: Envelope) -> None:
    """Tell them in the inbox and by mail, as a customer or as who works for the bank."""
    notice = Notice(kind="new-device", params={"device": fact.device, "booked_at": fact.at}, by_mail=True)
    notify_login(session, login=fact, source=envelope.position, notice=notice, now=bank_now())
