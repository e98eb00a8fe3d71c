"""A captured hold is told to every owner of the payer and of the payee."""

from sqlmodel import Session

from services.notifications.use_cases.notify_both_sides import Movement, Side, notify_both_sides
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import CaptureBooked

FACT = CaptureBooked


def consume(session: Session, fact: CaptureBooked, envelope: Envelope) -> None:
    """Tell both sides."""
    sides = (
        Side("capture-out", fact.payer_account_id, fact.payer_owners, fact.payer_balance_after_minor),
        Side("capture-in", fact.payee_account_id, fact.payee_owners, fact.payee_balance_after_minor),
    )
    moved = Movement(fact.entry_id, fact.amount_minor, fact.currency, fact.booked_at)
    notify_both_sides(session, sides=sides, moved=moved, source=envelope.position, now=bank_now())
