"""Look up whether an account belongs to whom a payer thinks.

Who: anyone logged in. Rule: `domain/name_match.py`, `domain/iban.py`. Reads only.
"""

from sqlmodel import Session

from services.accounts.domain.iban import is_ours, read_account_number
from services.accounts.domain.name_match import NameMatch, match_name
from services.accounts.store.account_queries import account_by_number
from services.accounts.store.customer_queries import owner_names


def look_up_account(session: Session, *, account_number: str, name: str) -> NameMatch:
    """Compare a name with the owners of an account; other banks' accounts are `unavailable`.

    :raises BadAccountNumber: if the number is no IBAN; nothing is looked up then
    """
    number = read_account_number(account_number)
    if not is_ours(number):
        return NameMatch("unavailable")
    account = account_by_number(session, number)
    # A number that nobody has answers like a wrong name, so that nobody learns which numbers exist.
    return match_name(asked=name, owners=[] if account is None else owner_names(session, account.id))
