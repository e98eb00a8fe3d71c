"""A login exists from now on."""

from sqlmodel import Session

from services.notifications.use_cases.note_staff import note_staff
from shared.contracts.envelope import Envelope
from shared.contracts.identity import UserCreated

FACT = UserCreated


def consume(session: Session, fact: UserCreated, _envelope: Envelope) -> None:
    """Note of who works for the bank, as what: requests are told to those who may decide them."""
    note_staff(session, user_id=fact.user_id, roles=fact.roles, is_active=True)
