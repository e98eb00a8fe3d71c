"""An account's owners are of its branch and have its product: announcements for these are for them."""

from sqlmodel import Session

from services.notifications.use_cases.note_membership import note_membership
from shared.contracts.accounts import AccountOpened
from shared.contracts.envelope import Envelope

FACT = AccountOpened


def consume(session: Session, fact: AccountOpened, envelope: Envelope) -> None:
    """Note it for each owner."""
    note_membership(session, customer_ids=fact.owners, branch_id=fact.branch_id, product=fact.product)
