"""Set the limits that a customer wants on an account: lower at once, higher after a day of the bank's clock.

Who: an owner; for them an officer or supervisor, whose higher ones another one approves instead of the day's wait.
Rule: `domain/own_limits.py`. The contract brings them to the ledger, which checks them where it books.
Says: `AccountChanged`, and again when the higher ones hold.
"""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotOpen, require_at_rest, require_reason
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.own_limits import change_limits, tighter
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.approval_store import Proposal
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow, ApprovalRow
from services.accounts.use_cases.propose import propose, void_proposals
from shared.clock import bank_now
from shared.contracts.accounts import AccountChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

RAISE_LIMITS = "raise-limits"
"""The command in the table of approval rules."""
_AT_ONCE = 200


def set_own_limits(session: Session, *, caller: Caller, account_id: str, wanted: Mapping[str, int]) -> AccountRow:
    """Take a wish in the current write transaction and give the account; a new wish replaces one that waits.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, AccountNotOpen: if it is closed or on its way
    """
    account = _living_account(session, caller, account_id)
    change = change_limits(present=account.own_limits, wanted=wanted, at=bank_now())
    waited = account.wanted_limits
    account.wanted_limits, account.limits_due_at = change.later, change.due_at
    if change.now != account.own_limits:
        _put(session, account, change.now, caller=caller)
    elif waited != change.later:
        record_audit(
            session,
            caller=caller,
            command="wish-limits",
            subject_type="account",
            subject_id=account_id,
            before={"limits": waited},
            after={"limits": change.later},
        )
    session.add(account)
    session.flush()
    return account


def propose_limits(
    session: Session, *, caller: Caller, account_id: str, wanted: Mapping[str, int], reason: str | None
) -> AccountRow | ApprovalRow:
    """Take what staff want for a customer: at once if nothing is raised, else when a second person has approved it.

    :raises AccountNotFound: if there is none that the caller sees
    :raises AccountInTransition, AccountNotOpen: if it is closed or on its way
    :raises ReasonRequired: if they do not say why
    """
    account = _living_account(session, caller, account_id)
    require_reason(caller, reason)
    if tighter(account.own_limits, wanted) == dict(wanted):
        return put_limits(session, caller=caller, account_id=account_id, limits=wanted, reason=reason)
    proposal = Proposal(
        RAISE_LIMITS,
        {"account_id": account_id, "limits": dict(wanted)},
        "account",
        account_id,
        subject_version=account.version,
        before=dict(account.own_limits),
        after=dict(wanted),
        currency=account.currency,
        reason=reason,
    )
    found: AccountRow | ApprovalRow = propose(
        session,
        caller=caller,
        proposal=proposal,
        command=lambda: put_limits(session, caller=caller, account_id=account_id, limits=wanted, reason=reason),
    )
    return found


def put_limits(
    session: Session, *, caller: Caller, account_id: str, limits: Mapping[str, int], reason: str | None
) -> AccountRow:
    """Let limits hold from now on, in the current write transaction; what waited is forgotten.

    :raises AccountNotFound, AccountInTransition, AccountNotOpen: as `propose_limits`
    """
    account = _living_account(session, caller, account_id)
    account.wanted_limits, account.limits_due_at = None, None
    if dict(limits) != account.own_limits:
        _put(session, account, dict(limits), caller=caller, note=reason)
    session.add(account)
    session.flush()
    return account


def _living_account(session: Session, caller: Caller, account_id: str) -> AccountRow:
    account = visible_account(session, account_id, caller=caller)
    require_at_rest(life_state(account))
    if account.status == AccountStatus.CLOSED:
        raise AccountNotOpen(account_status=account.status)
    return account


def apply_due_limits(store: Store) -> None:
    """Let higher limits hold whose delay is over; running it again changes nothing more."""
    due = select(AccountRow).where(col(AccountRow.limits_due_at) <= bank_now())
    with store.read() as session:
        if session.exec(due.limit(1)).first() is None:
            return
    with store.write() as session:
        rows = session.exec(due.order_by(col(AccountRow.id)).limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
        for account in rows:
            wanted, account.wanted_limits, account.limits_due_at = account.wanted_limits, None, None
            _put(session, account, dict(wanted or {}), caller=Caller.for_service("accounts"))


def _put(
    session: Session, account: AccountRow, limits: dict[str, int], *, caller: Caller, note: str | None = None
) -> None:
    before, account.own_limits = account.own_limits, limits
    account.version += 1
    change_contract(session, account)
    void_proposals(session, caller=caller, subject_type="account", subject_id=account.id)
    changes = [FieldChange("own_limits", before, limits)]
    by = caller.user_id or str(caller.service)
    add_account_edits(session, account.id, changes=changes, by=by, note=note, at=bank_now())
    append_facts(session, AccountChanged(account_id=account.id, fields=["limits"]))
    record_audit(
        session,
        caller=caller,
        command="set-limits",
        subject_type="account",
        subject_id=account.id,
        before={"limits": before},
        after={"limits": limits},
        reason=note,
    )
    session.flush()
