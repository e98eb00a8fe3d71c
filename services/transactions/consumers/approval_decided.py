"""ApprovalDecided: a second person said yes or no to a command of the desk, or nobody did in time."""

from sqlmodel import Session

from services.transactions.use_cases.take_decision import take_decision
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.envelope import Envelope

FACT = ApprovalDecided


def consume(session: Session, fact: ApprovalDecided, envelope: Envelope) -> None:
    """Note it; told twice it changes nothing."""
    take_decision(session, fact)
