"""Set the limits that a customer wants on an account: lower at once, higher after a day of the bank's clock.

Who: an owner. Rule: `domain/own_limits.py`. The contract brings them to the ledger, which checks them where it books.
Says: `AccountChanged`, and again when the higher ones hold.
"""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotOpen, require_at_rest
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.own_limits import change_limits
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow
from shared.clock import bank_now
from shared.contracts.accounts import AccountChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

_AT_ONCE = 200


def set_own_limits(session: Session, *, caller: Caller, account_id: str, wanted: Mapping[str, int]) -> AccountRow:
    """Take a wish in the current write transaction and give the account; a new wish replaces one that waits.

    :raises AccountNotFound: if it is missing or another customer's
    :raises AccountInTransition, AccountNotOpen: if it is closed or on its way
    """
    account = visible_account(session, account_id, caller=caller)
    require_at_rest(life_state(account))
    if account.status == AccountStatus.CLOSED:
        raise AccountNotOpen(account_status=account.status)
    change = change_limits(present=account.own_limits, wanted=wanted, at=bank_now())
    waited = account.wanted_limits
    account.wanted_limits, account.limits_due_at = change.later, change.due_at
    if change.now != account.own_limits:
        _put(session, account, change.now, caller=caller, by=str(caller.user_id))
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
            _put(session, account, dict(wanted or {}), caller=Caller.for_service("accounts"), by="accounts")


def _put(session: Session, account: AccountRow, limits: dict[str, int], *, caller: Caller, by: str) -> None:
    before, account.own_limits = account.own_limits, limits
    account.version += 1
    change_contract(session, account)
    changes = [FieldChange("own_limits", before, limits)]
    add_account_edits(session, account.id, changes=changes, by=by, note=None, at=bank_now())
    append_facts(session, AccountChanged(account_id=account.id, fields=["limits"]))
    record_audit(
        session,
        caller=caller,
        command="set-limits",
        subject_type="account",
        subject_id=account.id,
        before={"limits": before},
        after={"limits": limits},
    )
    session.flush()
