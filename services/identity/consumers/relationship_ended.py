"""A customer's last account is closed: the login reads statements only."""

from sqlmodel import Session

from services.identity.use_cases.follow_relationship import narrow_login
from shared.clock import now
from shared.contracts.accounts import RelationshipEnded
from shared.contracts.envelope import Envelope

FACT = RelationshipEnded


def consume(session: Session, fact: RelationshipEnded, _envelope: Envelope) -> None:
    """Follow the fact; one that comes again changes nothing."""
    narrow_login(session, customer_id=fact.customer_id, now=now())
