"""Wake a dormant account: money may move on it again.

Who: an officer or supervisor, with a reason, or the owner, who confirms it with a step-up. A saga with the ledger.
Says: `AccountWoken`, once the ledger holds it.
"""

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import NotDormant, require_at_rest, require_reason
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.life_store import begin_change, take_step_up
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.answer_change import answer_change
from services.accounts.use_cases.unfreeze_account import Confirm
from shared.clients.step_up import StepUpSubject
from shared.clock import bank_now, now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store

WAKE = "wake-account"
"""The action that a step-up token has to approve, with the account as payer."""


def wake_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    account_id: str,
    reason: str | None,
    confirm: Confirm,
    request: RequestKey | None = None,
) -> Settled:
    """Wake an account and give the answer: 200 open, 202 while the ledger is not to be had.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, NotDormant, ReasonRequired: if it cannot be woken, or not so
    :raises StepUpRequired: if the owner has not confirmed it
    """
    with store.read() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            _may_wake(session, caller, account_id, reason)
    subject = StepUpSubject(WAKE, payer=account_id)
    token = confirm(subject) if decided is None and not caller.is_staff else None
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            account = _may_wake(session, caller, account_id, reason)
            if token is not None:
                take_step_up(session, token, subject=subject, at=now())
            account.dormant_since, account.frozen_at = None, None
            by = str(caller.user_id)
            begin_change(session, account, status=AccountStatus.UNFREEZING, by=by, note=reason, at=bank_now())
            record_audit(
                session,
                caller=caller,
                command="wake-account",
                subject_type="account",
                subject_id=account_id,
                before={"status": AccountStatus.DORMANT.value},
                after={"status": account.status},
                reason=reason,
            )
            if request is not None:
                take_key(session, request, object_id=account_id)
    return answer_change(store, ledger, account_id=account_id, request=request)


def _may_wake(session: Session, caller: Caller, account_id: str, reason: str | None) -> AccountRow:
    account = visible_account(session, account_id, caller=caller)
    require_at_rest(life_state(account))
    if account.status != AccountStatus.DORMANT:
        raise NotDormant(account_status=account.status)
    require_reason(caller, reason)
    return account
