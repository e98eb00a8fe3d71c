"""A payment waits for the other owners of its account: it stands in their inbox."""

from sqlmodel import Session

from services.accounts.use_cases.take_cosignature import take_cosignature
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import CosignatureNeeded

FACT = CosignatureNeeded


def consume(session: Session, fact: CosignatureNeeded, _envelope: Envelope) -> None:
    """Take it; one that comes again changes nothing."""
    take_cosignature(session, fact)
