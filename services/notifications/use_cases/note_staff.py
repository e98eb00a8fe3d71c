"""Note of who works for the bank, as what: whom requests that wait for a second person are told to.

Who: the facts of identity. Rule: none. Says: nothing.
"""

from collections.abc import Sequence

from sqlmodel import Session

from services.notifications.store.staff_store import keep_staff
from shared.contracts.caller import STAFF_ROLES


def note_staff(session: Session, *, user_id: str, roles: Sequence[str], is_active: bool) -> None:
    """Keep the roles that a login has now; a customer's login without any is not kept."""
    own = sorted(STAFF_ROLES.intersection(roles))
    keep_staff(session, user_id=user_id, roles=own, is_active=is_active and bool(own))
