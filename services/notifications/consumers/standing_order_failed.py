"""A customer learns that a standing order did not come about."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import StandingOrderFailed

FACT = StandingOrderFailed


def consume(session: Session, fact: StandingOrderFailed, envelope: Envelope) -> None:
    """Tell the customer, in the inbox and by mail."""
    notice = Notice(
        kind="order-failed",
        params={
            "order_id": fact.order_id,
            "account_id": fact.account_id,
            "due_on": fact.due_on,
            "reason": fact.reason,
            "final": "yes" if fact.final else "no",
        },
        amount_minor=fact.amount_minor,
        currency=fact.currency,
        by_mail=True,
    )
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
