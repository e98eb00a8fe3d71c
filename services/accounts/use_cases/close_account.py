"""Close an account: at zero, or with an account to which the ledger pays the rest in the same booking.

1. write the account as `closing`, with a job that ends it whatever happens now
2. the ledger pays out and closes in one command, or refuses: money without a payout account, holds, orders
3. `closed` and archived, or again what it was; decide the answer

Who: its owner (the rest goes to an account of theirs), or staff at a desk with a reason. Nothing is deleted.
Says: `AccountClosed`, and `RelationshipEnded` with a customer's last one.
"""

from dataclasses import dataclass

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountNotFound, AccountStatus
from services.accounts.domain.account_life import UnknownPayoutAccount, require_closable, require_reason
from services.accounts.store.account_queries import life_state, owners_of, visible_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.life_store import begin_change
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.answer_change import answer_change
from services.accounts.use_cases.void_cosignatures import void_cosignatures
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class ClosingOrder:
    """Why an account is closed, where the rest goes, and how much of it may go without a checker (None: all)."""

    reason: str | None = None
    payout_account_id: str | None = None
    payout_limit_minor: int | None = None
    cosignature_id: str | None = None
    """What all owners signed to have it closed, where they sign together."""


def close_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    account_id: str,
    order: ClosingOrder,
    request: RequestKey | None = None,
) -> Settled:
    """Close an account and give the answer: 200 closed, 202 while the ledger is not to be had.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, AccountNotOpen: if it is not open or dormant
    :raises ReasonRequired: if staff do not say why
    :raises UnknownPayoutAccount: if the rest cannot go to that account
    :raises AccountNotEmpty, PayoutRefused: if the ledger refuses
    """
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is None:
            begin_closing(session, caller=caller, account_id=account_id, order=order)
            if request is not None:
                take_key(session, request, object_id=account_id)
    return answer_change(store, ledger, account_id=account_id, request=request)


def begin_closing(session: Session, *, caller: Caller, account_id: str, order: ClosingOrder) -> None:
    """Write an account as `closing`, in a transaction; refuses as `close_account` does before the ledger is asked.

    What waits for its owners' signatures is void with it.
    """
    account = check_closing(session, caller=caller, account_id=account_id, order=order)
    void_cosignatures(session, caller=caller, account_id=account_id)
    before, by = {"status": account.status}, str(caller.user_id)
    account.closing = {
        "reason": order.reason,
        "by": by,
        "payout_account_id": order.payout_account_id,
        "payout_limit_minor": order.payout_limit_minor,
    } | ({"cosignature_id": order.cosignature_id} if order.cosignature_id else {})
    begin_change(session, account, status=AccountStatus.CLOSING, by=by, note=order.reason, at=bank_now())
    record_audit(
        session,
        caller=caller,
        command="close-account",
        subject_type="account",
        subject_id=account_id,
        before=before,
        after={"status": account.status, "payout_account_id": order.payout_account_id},
        reason=order.reason,
    )


def check_closing(session: Session, *, caller: Caller, account_id: str, order: ClosingOrder) -> AccountRow:
    """Give the account if nothing but the ledger could refuse to close it; writes nothing.

    :raises Refusal: as `close_account` before the ledger is asked
    """
    account = visible_account(session, account_id, caller=caller)
    require_closable(life_state(account))
    require_reason(caller, order.reason)
    if order.payout_account_id is not None:
        _check_payout(session, account, caller=caller, payout_account_id=order.payout_account_id)
    return account


def _check_payout(session: Session, account: AccountRow, *, caller: Caller, payout_account_id: str) -> None:
    try:
        payout = visible_account(session, payout_account_id, caller=caller)
    except AccountNotFound:
        raise UnknownPayoutAccount from None
    same_people = not set(owners_of(session, account.id)).isdisjoint(owners_of(session, payout.id))
    fits = payout.id != account.id and payout.currency == account.currency
    if not fits or not same_people or payout.status != AccountStatus.OPEN:
        raise UnknownPayoutAccount(payout_account_id=payout_account_id)
