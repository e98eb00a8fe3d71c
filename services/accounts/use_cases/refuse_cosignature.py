"""Refuse to sign: what waited for the owners of an account is over.

Who: anybody who has to sign, its maker among them, and who was invited to become an owner. Says: `CosignatureEnded`.
"""

from sqlmodel import Session

from services.accounts.domain.cosignature import CosignatureStatus, require_waiting
from services.accounts.store.cosignature_store import hold_cosignature, require_concerned
from services.accounts.store.tables import CosignatureRow
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.clock import bank_now
from shared.contracts.caller import Caller


def refuse_cosignature(session: Session, *, caller: Caller, cosignature_id: str, note: str | None) -> CosignatureRow:
    """Refuse in the current write transaction and give what is refused.

    :raises CosignatureNotFound, CosignatureDecided: if there is nothing for the caller to refuse
    """
    require_concerned(session, cosignature_id, customer_id=caller.customer_id)
    row, _ = hold_cosignature(session, cosignature_id)
    require_waiting(status=row.status, expires_at=row.expires_at, at=bank_now())
    end_cosignature(session, row, caller=caller, status=CosignatureStatus.REFUSED, note=note)
    return row
