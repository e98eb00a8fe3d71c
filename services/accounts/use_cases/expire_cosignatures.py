"""Let what waited too long for owners' signatures expire, by the bank's clock. Who: the worker.

Says: `CosignatureEnded`.
"""

from services.accounts.domain.cosignature import CosignatureStatus
from services.accounts.store.cosignature_store import overdue_cosignatures
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.engine import Store

_AT_ONCE = 200


def expire_cosignatures(store: Store) -> None:
    """Mark what waited too long as expired: nobody signs it any more."""
    with store.write() as session:
        for row in overdue_cosignatures(session, at=bank_now(), limit=_AT_ONCE):
            end_cosignature(session, row, caller=Caller.for_service("accounts"), status=CosignatureStatus.EXPIRED)
