"""Somebody's login has a second factor more, or one less."""

from sqlmodel import Session

from services.notifications.domain.notice import Kind, Notice
from services.notifications.use_cases.notify_customer import notify_login
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.identity import FactorChanged

FACT = FactorChanged


def consume(session: Session, fact: FactorChanged, envelope: Envelope) -> None:
    """Tell them in the inbox and by mail, which nobody can turn off."""
    kind: Kind = "factor-added" if fact.change == "added" else "factor-removed"
    notice = Notice(kind=kind, params={"factor": fact.factor, "booked_at": fact.at}, by_mail=True)
    notify_login(session, login=fact, source=envelope.position, notice=notice, now=bank_now())
