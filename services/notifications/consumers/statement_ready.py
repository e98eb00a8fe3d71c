"""The owners learn that a statement of their account is ready."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import StatementReady

FACT = StatementReady


def consume(session: Session, fact: StatementReady, envelope: Envelope) -> None:
    """Tell each owner, in the inbox and by mail."""
    notice = Notice(
        kind="statement-ready",
        params={
            "account_id": fact.account_id,
            "statement_id": fact.statement_id,
            "period": f"{fact.number} ({fact.from_day} – {fact.to_day})",
        },
        by_mail=True,
    )
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
