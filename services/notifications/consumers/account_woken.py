"""The owners learn that their account is awake again."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import AccountWoken
from shared.contracts.envelope import Envelope

FACT = AccountWoken


def consume(session: Session, fact: AccountWoken, envelope: Envelope) -> None:
    """Tell each owner, in the inbox."""
    notice = Notice(kind="account-woken", params={"account_id": fact.account_id})
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
