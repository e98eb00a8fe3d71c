"""A hold became a transaction: both accounts saw a transaction."""

from sqlmodel import Session

from services.accounts.use_cases.note_movement import note_movement
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import CaptureBooked

FACT = CaptureBooked


def consume(session: Session, fact: CaptureBooked, envelope: Envelope) -> None:
    """Keep when money last moved on payer and payee."""
    accounts = [fact.payer_account_id, fact.payee_account_id]
    note_movement(session, account_ids=accounts, booked_at=fact.booked_at)
