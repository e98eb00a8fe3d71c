"""Send a mail again that failed for good, or of which nobody knows whether it was sent.

Who: the desk, by a button. Rule: `domain/delivery.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.delivery import DeliveryNotFound, check_resendable
from services.notifications.store.delivery_store import keep_delivery
from services.notifications.store.tables import DeliveryRow
from services.notifications.store.told_store import SEND_MAIL
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.jobs import enqueue_job


def resend_mail(session: Session, *, caller: Caller, delivery_id: str, now: datetime) -> DeliveryRow:
    """Queue it once more, with a job of its own; the worker asks for the address anew.

    :raises DeliveryNotFound: if there is none
    :raises NotToBeResent: if it waits, is being sent, or was sent
    """
    delivery = session.get(DeliveryRow, delivery_id)
    if delivery is None:
        raise DeliveryNotFound()
    before = delivery.state
    check_resendable(current=before)
    delivery.state, delivery.last_error, delivery.updated_at = "queued", None, now
    keep_delivery(session, delivery)
    payload = {"delivery_id": delivery.id, "asked_at": format_time(now)}
    enqueue_job(session, kind=SEND_MAIL, unique_key=f"{delivery.id}:{format_time(now)}", payload=payload)
    record_audit(
        session,
        caller=caller,
        command="resend-mail",
        subject_type="delivery",
        subject_id=delivery.id,
        before={"state": before},
        after={"state": "queued"},
    )
    return delivery
