"""An adjustment was booked: its account saw a transaction."""

from sqlmodel import Session

from services.accounts.use_cases.note_movement import note_movement
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import AdjustmentBooked

FACT = AdjustmentBooked


def consume(session: Session, fact: AdjustmentBooked, envelope: Envelope) -> None:
    """Keep when money last moved on the account."""
    note_movement(session, account_ids=[fact.account_id], booked_at=fact.booked_at)
