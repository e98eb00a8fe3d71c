"""Tell a customer something: one item in the inbox and, where the notice says so, one mail.

Who: a fact of another service, in the listener's transaction with the cursor. Rule: `domain/notice.py`.
The mail is a delivery row and a job row here; a worker sends it later. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.store.delivery_store import add_delivery
from services.notifications.store.inbox_store import add_item
from services.notifications.store.tables import DeliveryRow, InboxItemRow
from shared.contracts.envelope import Position
from shared.ids import new_id
from shared.store.jobs import enqueue_job

SEND_MAIL = "send_mail"


def notify_customer(session: Session, *, customer_id: str, source: Position, notice: Notice, now: datetime) -> None:
    """Keep the item and queue the mail; the same source (a fact's position) and kind again changes nothing."""
    told_by = "/".join(str(part) for part in source)
    is_new = add_item(
        session,
        InboxItemRow(
            id=new_id(),
            recipient_kind="customer",
            recipient_id=customer_id,
            source=told_by,
            kind=notice.kind,
            title=notice.title,
            params=dict(notice.params),
            amount_minor=notice.amount_minor,
            currency=notice.currency,
            entry_id=notice.entry_id,
            created_at=now,
        ),
    )
    if is_new and notice.by_mail:
        _queue_mail(session, customer_id=customer_id, event=f"{told_by}:{notice.kind}", notice=notice, now=now)


def _queue_mail(session: Session, *, customer_id: str, event: str, notice: Notice, now: datetime) -> None:
    delivery = DeliveryRow(
        id=new_id(),
        event=event,
        recipient_id=customer_id,
        channel="mail",
        template=notice.kind,
        params={
            **notice.params,
            "amount_minor": notice.amount_minor,
            "currency": notice.currency,
            "entry_id": notice.entry_id,
        },
        state="queued",
        attempts=0,
        created_at=now,
        updated_at=now,
    )
    if add_delivery(session, delivery):
        enqueue_job(session, kind=SEND_MAIL, unique_key=delivery.id, payload={"delivery_id": delivery.id})
