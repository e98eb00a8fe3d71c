"""An account is open: whoever was a customer once is one again."""

from sqlmodel import Session

from services.identity.use_cases.follow_relationship import widen_logins
from shared.clock import now
from shared.contracts.accounts import AccountOpened
from shared.contracts.envelope import Envelope

FACT = AccountOpened


def consume(session: Session, fact: AccountOpened, _envelope: Envelope) -> None:
    """Follow the fact; one that comes again changes nothing."""
    widen_logins(session, customer_ids=fact.owners, now=now())
