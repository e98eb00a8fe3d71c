"""Somebody decided about a change of roles: it is done, or forgotten."""

from sqlmodel import Session

from services.identity.use_cases.execute_approved import execute_approved, forget_undecided
from shared.clock import now
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.envelope import Envelope

FACT = ApprovalDecided


def consume(session: Session, fact: ApprovalDecided, _envelope: Envelope) -> None:
    """Take a decision about one of identity's own commands; those of others are not here."""
    if fact.service != "identity":
        return
    if fact.decision == "approved":
        execute_approved(session, approval_id=fact.approval_id, decided_by=fact.decided_by, now=now())
    elif fact.decision in ("rejected", "expired", "void"):
        forget_undecided(session, approval_id=fact.approval_id, decision=fact.decision, decided_by=fact.decided_by)
