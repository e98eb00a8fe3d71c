"""Accounts on which all owners sign together: when one owner is not enough, and for how long the others may sign."""

from collections.abc import Collection
from datetime import timedelta

from services.transactions.domain.access import owns
from services.transactions.domain.ledger_account import LedgerAccount
from shared.contracts.caller import Caller
from shared.errors import Conflict

SIGNING_LIFE = timedelta(days=7)
"""By the bank's clock."""
BOTH = "both"


class CosignatureRequired(Conflict):
    """All owners of the account sign together, and not all have."""

    code = "transactions.cosignature-required"
    title = "All owners of the account have to sign this"
    next_step = "Send it as a single transfer, which waits for the other owners, or go to a desk together."


def signs_alone(caller: Caller, account: LedgerAccount) -> bool:
    """Tell whether what the caller orders needs nobody else: a desk's word never does, an owner's often."""
    return account.mandate != BOTH or len(account.owners) < 2 or not owns(caller, account)


def require_sole_signature(caller: Caller, account: LedgerAccount) -> None:
    """Refuse an owner who would have to ask the others, where an order cannot wait for them.

    :raises CosignatureRequired: accordingly
    """
    if not signs_alone(caller, account):
        raise CosignatureRequired(account_id=account.id, owners=len(account.owners))


def require_signed(account: LedgerAccount, *, signed_by: Collection[str]) -> None:
    """Refuse what not all present owners have signed, where all have to.

    :raises CosignatureRequired: with how many signatures are missing
    """
    missing = set(account.owners).difference(signed_by)
    if account.mandate == BOTH and missing:
        raise CosignatureRequired(account_id=account.id, owners=len(account.owners), missing=len(missing))
