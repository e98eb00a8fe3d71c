"""Note that somebody of the staff has a customer or an account open, and tell who else has.

Who: staff who may see the record, about every 20 s while it is open on a screen. Rule: here. Says: nothing; it is no
change of anything and leaves no audit record (what they are shown, the other routes record).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from services.accounts.store.account_queries import reachable_account
from services.accounts.store.customer_queries import reachable_customer
from services.accounts.store.tables import ViewingRow
from services.accounts.store.viewing_store import keep_viewing, others_viewing
from shared.contracts.caller import Caller

STILL_OPEN = timedelta(seconds=60)


def note_customer_viewing(session: Session, *, caller: Caller, customer_id: str, now: datetime) -> Sequence[ViewingRow]:
    """Note the caller and give the others who had the customer open within the last minute.

    :raises CustomerNotFound: if there is none, or not for the caller, alike
    """
    customer = reachable_customer(session, customer_id, caller=caller)
    return _note(session, caller, f"customer:{customer.id}", now)


def note_account_viewing(session: Session, *, caller: Caller, account_id: str, now: datetime) -> Sequence[ViewingRow]:
    """Note the caller and give the others who had the account open within the last minute.

    :raises AccountNotFound: if there is none, or not for the caller, alike
    """
    account = reachable_account(session, account_id, caller=caller)
    return _note(session, caller, f"account:{account.id}", now)


def _note(session: Session, caller: Caller, subject: str, now: datetime) -> Sequence[ViewingRow]:
    own = caller.user_id or ""
    keep_viewing(session, subject=subject, user_id=own, now=now)
    return others_viewing(session, subject=subject, user_id=own, since=now - STILL_OPEN)
