"""An account's owners learn that it is open; they are of its branch and have its product."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.note_membership import note_membership
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import AccountOpened
from shared.contracts.envelope import Envelope

FACT = AccountOpened


def consume(session: Session, fact: AccountOpened, envelope: Envelope) -> None:
    """Tell each owner, in the inbox, and note whom announcements are for."""
    note_membership(session, customer_ids=fact.owners, branch_id=fact.branch_id, product=fact.product)
    notice = Notice(kind="account-opened", params={"account_id": fact.account_id})
    for owner in fact.owners:
        notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=bank_now())
