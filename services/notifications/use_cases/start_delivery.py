"""Mark a delivery as being handed over, just before the mail server gets its text.

Who: the worker. Rule: `domain/delivery.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.store.delivery_store import get_delivery, keep_delivery


def start_delivery(session: Session, *, delivery_id: str, now: datetime) -> bool:
    """Take a queued delivery; False when somebody else took it, and then nothing may be sent."""
    delivery = get_delivery(session, delivery_id=delivery_id)
    if delivery.state != "queued":
        return False
    delivery.state = "sending"
    delivery.attempts += 1
    delivery.updated_at = now
    keep_delivery(session, delivery)
    return True
