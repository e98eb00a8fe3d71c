"""A login was never confirmed: the customer that it was for is none, and address and telephone number are free."""

from sqlmodel import Session

from services.accounts.use_cases.release_registration import release_registration
from shared.contracts.envelope import Envelope
from shared.contracts.identity import RegistrationLapsed

FACT = RegistrationLapsed


def consume(session: Session, fact: RegistrationLapsed, _envelope: Envelope) -> None:
    """Take the registration back."""
    release_registration(session, customer_id=fact.customer_id)
