"""The owners learn that their account is free again."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import AccountUnfrozen
from shared.contracts.envelope import Envelope

FACT = AccountUnfrozen


def consume(session: Session, fact: AccountUnfrozen, envelope: Envelope) -> None:
    """Tell each owner, in the inbox."""
    notice = Notice(kind="account-unfrozen", params={"account_id": fact.account_id})
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
