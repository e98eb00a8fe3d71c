"""Freeze an account: what goes out, what comes in, or all of it, until somebody who may lifts that.

Who: its owner with one tap; staff with a reason, who also say who may lift it. Rule: `domain/account_life.py`.
A saga with the ledger, as opening. Says: `AccountFrozen`, once the ledger holds it.
"""

from dataclasses import dataclass

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import Freeze, Lifter, choose_freeze
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.life_store import begin_change
from services.accounts.use_cases.answer_change import answer_change
from services.accounts.use_cases.propose import void_proposals
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class FreezeOrder:
    """What is to be frozen, why, and who may lift it (staff choose; a customer's own freeze is theirs to lift)."""

    freeze: Freeze = Freeze.ALL
    reason: str | None = None
    lifted_by: Lifter | None = None


def freeze_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    account_id: str,
    order: FreezeOrder,
    request: RequestKey | None = None,
) -> Settled:
    """Freeze an account and give the answer: 200 frozen, 202 while the ledger is not to be had.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, AccountNotOpen, AlreadyFrozen, ReasonRequired: as `choose_freeze`
    """
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            _begin(session, caller, account_id, order)
            if request is not None:
                take_key(session, request, object_id=account_id)
    return answer_change(store, ledger, account_id=account_id, request=request)


def _begin(session: Session, caller: Caller, account_id: str, order: FreezeOrder) -> None:
    account = visible_account(session, account_id, caller=caller)
    state = life_state(account)
    lifted_by = choose_freeze(state=state, caller=caller, lifted_by=order.lifted_by, reason=order.reason)
    before = {"status": account.status, "freeze": account.freeze, "lifted_by": account.lifted_by}
    at = bank_now()
    account.freeze, account.lifted_by = order.freeze.value, lifted_by.value
    account.freeze_reason, account.frozen_at = order.reason, at
    begin_change(session, account, status=AccountStatus.FREEZING, by=str(caller.user_id), note=order.reason, at=at)
    void_proposals(session, caller=caller, subject_type="account", subject_id=account_id)
    record_audit(
        session,
        caller=caller,
        command="freeze-account",
        subject_type="account",
        subject_id=account_id,
        before=before,
        after={"status": account.status, "freeze": account.freeze, "lifted_by": account.lifted_by},
        reason=order.reason,
    )
