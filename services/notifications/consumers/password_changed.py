"""Somebody's password is another one from now on."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_login
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.identity import PasswordChanged

FACT = PasswordChanged


def consume(session: Session, fact: PasswordChanged, envelope: Envelope) -> None:
    """Tell them in the inbox and by mail, which nobody can turn off."""
    notice = Notice(kind="password-changed", params={"booked_at": fact.at}, by_mail=True)
    notify_login(session, login=fact, source=envelope.position, notice=notice, now=bank_now())
