"""The owners learn that their account was frozen."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import AccountFrozen
from shared.contracts.envelope import Envelope

FACT = AccountFrozen


def consume(session: Session, fact: AccountFrozen, envelope: Envelope) -> None:
    """Tell each owner, in the inbox."""
    notice = Notice(kind="account-frozen", params={"account_id": fact.account_id, "freeze": fact.freeze})
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
