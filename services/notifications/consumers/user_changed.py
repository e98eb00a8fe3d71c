"""A login's roles or status are others from now on."""

from sqlmodel import Session

from services.notifications.use_cases.note_staff import note_staff
from shared.contracts.envelope import Envelope
from shared.contracts.identity import UserChanged

FACT = UserChanged


def consume(session: Session, fact: UserChanged, _envelope: Envelope) -> None:
    """Note of who works for the bank, as what: requests are told to those who may decide them."""
    note_staff(session, user_id=fact.user_id, roles=fact.roles, is_active=fact.status == "active")
