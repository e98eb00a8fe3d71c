"""A customer learns what a month's interest came to."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import InterestSummarised

FACT = InterestSummarised


def consume(session: Session, fact: InterestSummarised, envelope: Envelope) -> None:
    """Tell the customer, in the inbox and by mail."""
    notice = Notice(
        kind="interest-summary",
        params={"period": fact.period, "charged_minor": str(fact.charged_minor)},
        amount_minor=fact.credited_minor,
        currency=fact.currency,
        by_mail=True,
    )
    notify_customer(session, customer_id=fact.customer_id, source=envelope.position, notice=notice, now=bank_now())
