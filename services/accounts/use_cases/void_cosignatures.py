"""Void what waits for the signatures of an account's owners, since the account is being changed.

Who: the change itself. What was asked of other owners, or of an account that stayed open, is to be asked for again.
Says: `CosignatureEnded`.
"""

from sqlmodel import Session

from services.accounts.domain.cosignature import CosignatureStatus
from services.accounts.store.cosignature_store import waiting_of
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.contracts.caller import Caller


def void_cosignatures(session: Session, *, caller: Caller, account_id: str) -> None:
    """Void all that waits about an account, in the current write transaction; what is signed goes its way."""
    for row in waiting_of(session, account_id):
        end_cosignature(session, row, caller=caller, status=CosignatureStatus.VOID)
