"""Note of which branch a customer is and which products they have: whom announcements are for.

Who: the facts of accounts. Rule: `domain/announcement.py`. Says: nothing.
"""

from collections.abc import Sequence

from sqlmodel import Session

from services.notifications.store.announcement_store import keep_memberships


def note_membership(session: Session, *, customer_ids: Sequence[str], branch_id: str, product: str | None) -> None:
    """Keep it for each of these customers; knowing it already changes nothing."""
    rows = [(customer, "branch", branch_id) for customer in customer_ids]
    if product is not None:
        rows += [(customer, "product", product) for customer in customer_ids]
    keep_memberships(session, rows)
