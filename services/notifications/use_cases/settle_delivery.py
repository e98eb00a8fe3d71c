"""Note what became of a delivery.

Who: the worker. Rule: `domain/delivery.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.delivery import State, may_settle
from services.notifications.store.delivery_store import get_delivery, keep_delivery


def settle_delivery(
    session: Session, *, delivery_id: str, state: State, now: datetime, error: str | None = None
) -> None:
    """Write the new state and, where it went wrong, why (without any address); a final state stays as it is."""
    delivery = get_delivery(session, delivery_id=delivery_id)
    if not may_settle(current=delivery.state, wanted=state):
        return
    delivery.state = state
    delivery.last_error = error
    delivery.updated_at = now
    if state == "sent":
        delivery.sent_at = now
    keep_delivery(session, delivery)
