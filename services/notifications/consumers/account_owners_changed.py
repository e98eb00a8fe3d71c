"""The owners learn that there are others, or that they sign otherwise."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import AccountOwnersChanged
from shared.contracts.envelope import Envelope

FACT = AccountOwnersChanged


def consume(session: Session, fact: AccountOwnersChanged, envelope: Envelope) -> None:
    """Tell each owner there is now, in the inbox and, whatever they chose, by mail."""
    notice = Notice(kind="owners-changed", params={"account_id": fact.account_id}, by_mail=True)
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
