"""Lift the freeze of an account.

Who: an officer or supervisor, and the owner where the freeze was theirs; the owner confirms it with a step-up.
Rule: `domain/account_life.py`. A saga with the ledger. Says: `AccountUnfrozen`, once the ledger holds it.
"""

from collections.abc import Callable

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import Freeze, require_lifter, require_reason
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.life_store import begin_change, take_step_up
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.answer_change import answer_change
from shared.clients.step_up import StepUpSubject
from shared.clock import bank_now, now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store

UNFREEZE = "unfreeze-account"
"""The action that a step-up token has to approve, with the account as payer."""

Confirm = Callable[[StepUpSubject], str]
"""Verify the caller's step-up token for this, and give its id; may ask identity for keys, so never in a transaction."""


def unfreeze_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    account_id: str,
    reason: str | None,
    confirm: Confirm,
    request: RequestKey | None = None,
) -> Settled:
    """Lift a freeze and give the answer: 200 open (or dormant) again, 202 while the ledger is not to be had.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, NotFrozen, UnfreezeNotAllowed, ReasonRequired: as `require_lifter`
    :raises StepUpRequired: if the owner has not confirmed it
    """
    with store.read() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            _may_lift(session, caller, account_id, reason)
    subject = StepUpSubject(UNFREEZE, payer=account_id)
    token = confirm(subject) if decided is None and not caller.is_staff else None
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            account = _may_lift(session, caller, account_id, reason)
            if token is not None:
                take_step_up(session, token, subject=subject, at=now())
            _begin(session, caller, account, reason)
            if request is not None:
                take_key(session, request, object_id=account_id)
    return answer_change(store, ledger, account_id=account_id, request=request)


def _may_lift(session: Session, caller: Caller, account_id: str, reason: str | None) -> AccountRow:
    account = visible_account(session, account_id, caller=caller)
    require_lifter(state=life_state(account), caller=caller, lifted_by=account.lifted_by)
    require_reason(caller, reason)
    return account


def _begin(session: Session, caller: Caller, account: AccountRow, reason: str | None) -> None:
    before = {"status": account.status, "freeze": account.freeze, "lifted_by": account.lifted_by}
    account.freeze, account.freeze_reason, account.lifted_by = Freeze.NONE.value, None, None
    begin_change(session, account, status=AccountStatus.UNFREEZING, by=str(caller.user_id), note=reason, at=bank_now())
    record_audit(
        session,
        caller=caller,
        command="unfreeze-account",
        subject_type="account",
        subject_id=account.id,
        before=before,
        after={"status": account.status, "freeze": account.freeze},
        reason=reason,
    )
