"""Open a closed account again, within the window after its closing.

Who: an officer or supervisor, with a reason. Rule: `domain/account_life.py`. A saga with the ledger; until that holds
the contract the account stays `closed`. The archive keeps its row. Says: `AccountReopened`.
"""

from datetime import timedelta

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import require_reason, require_reopenable
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.life_store import begin_change
from services.accounts.use_cases.answer_change import answer_change
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def reopen_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    account_id: str,
    reason: str | None,
    window: timedelta,
    request: RequestKey | None = None,
) -> Settled:
    """Open an account again and give the answer: 200 open, 202 while the ledger is not to be had.

    :raises AccountNotFound: if there is no such account
    :raises AccountInTransition, NotClosed, ReopeningOver, ReasonRequired: as `require_reopenable`
    """
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            _begin(session, caller, account_id, reason, window)
            if request is not None:
                take_key(session, request, object_id=account_id)
    return answer_change(store, ledger, account_id=account_id, request=request)


def _begin(session: Session, caller: Caller, account_id: str, reason: str | None, window: timedelta) -> None:
    account = visible_account(session, account_id, caller=caller)
    at = bank_now()
    require_reopenable(life_state(account), closed_at=account.closed_at, at=at, window=window)
    require_reason(caller, reason)
    account.reopening, account.dormant_since = True, None
    begin_change(session, account, status=AccountStatus.CLOSED, by=str(caller.user_id), note=reason, at=at)
    record_audit(
        session,
        caller=caller,
        command="reopen-account",
        subject_type="account",
        subject_id=account_id,
        before={"status": AccountStatus.CLOSED.value},
        after={"reopening": True},
        reason=reason,
    )
