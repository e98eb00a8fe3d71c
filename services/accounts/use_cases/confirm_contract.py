"""Confirm that the ledger holds an account's contract: a change that was under way is through from then on.

Who: the saga that pushed it. Says: `AccountOpened`, `AccountFrozen`, `AccountUnfrozen`, `AccountWoken`,
`AccountClosed` (with `RelationshipEnded`, if it was the customer's last one), `AccountReopened`.
"""

from datetime import datetime

from sqlmodel import Session

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import settled_status
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_row, account_view, life_state, owners_of
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.life_store import archive_account, begin_relationships, end_relationships
from services.accounts.store.tables import AccountRow
from shared.clock import bank_now
from shared.contracts.accounts import (
    AccountClosed,
    AccountFrozen,
    AccountOpened,
    AccountReopened,
    AccountUnfrozen,
    AccountWoken,
    RelationshipEnded,
)
from shared.contracts.caller import Caller
from shared.contracts.envelope import Fact
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

_UNDER_WAY = (AccountStatus.OPENING, AccountStatus.FREEZING, AccountStatus.UNFREEZING, AccountStatus.CLOSING)


def confirm_contract(store: Store, *, account_id: str, version: int, paid_out_minor: int = 0) -> AccountView:
    """Note that the ledger books by this version of the contract; a second time changes nothing.

    `paid_out_minor` is what the ledger paid out with a closing.
    """
    with store.write() as session:
        account = account_row(session, account_id)
        account.pushed_version = max(account.pushed_version, version)
        session.add(account)
        if (account.status in _UNDER_WAY or account.reopening) and version >= account.status_version:
            _settle(session, account, paid_out_minor=paid_out_minor, at=bank_now())
        session.flush()
        return account_view(session, account)


def _settle(session: Session, account: AccountRow, *, paid_out_minor: int, at: datetime) -> None:
    before = account.status
    facts = _facts_of(session, account, paid_out_minor)
    after = settled_status(life_state(account))
    by = str((account.closing or {}).get("by", "accounts")) if after == AccountStatus.CLOSED else "accounts"
    begins = before == AccountStatus.OPENING or account.reopening
    account.status = after
    if before == AccountStatus.OPENING:
        account.opened_at = at
    if account.reopening:
        account.reopening, account.closed_at, account.closing = False, None, None
    if begins:
        begin_relationships(session, account)
    if after != AccountStatus.FROZEN:
        account.frozen_at = None
    if after == AccountStatus.CLOSED:
        account.closed_at = at
        archive_account(session, account, balance_minor=paid_out_minor, at=at)
        ended = end_relationships(session, account, at=at)
        facts += [RelationshipEnded(customer_id=one.id, user_id=str(one.user_id)) for one in ended]
    if before != AccountStatus.OPENING:  # an opening is no edit
        changes = [FieldChange("status", before, after.value)]
        add_account_edits(session, account.id, changes=changes, by=by, note=None, at=at)
    append_facts(session, *facts)
    record_audit(
        session,
        caller=Caller.for_service("accounts"),
        command="confirm-contract",
        subject_type="account",
        subject_id=account.id,
        before={"status": before},
        after={"status": after.value, "contract_version": account.pushed_version},
    )


def _facts_of(session: Session, account: AccountRow, paid_out_minor: int) -> list[Fact]:
    """Give what is told of a change that is through; of a closing that the ledger refused, nothing."""
    owners, state = owners_of(session, account.id), life_state(account)
    terms = {
        "account_id": account.id,
        "owners": owners,
        "product": account.product,
        "currency": account.currency,
        "branch_id": account.branch_id,
    }
    if account.status == AccountStatus.OPENING:
        return [AccountOpened.model_validate(terms)]
    if account.reopening:
        return [AccountReopened(account_id=account.id, owners=owners)]
    if account.status == AccountStatus.FREEZING:
        lifted_by = str(account.lifted_by)
        return [AccountFrozen(account_id=account.id, owners=owners, freeze=account.freeze, lifted_by=lifted_by)]
    if account.status == AccountStatus.UNFREEZING:
        woken = account.frozen_at is None
        return [(AccountWoken if woken else AccountUnfrozen)(account_id=account.id, owners=owners)]
    if not state.closes:
        return []
    payout = (account.closing or {}).get("payout_account_id")
    closed = AccountClosed.model_validate({**terms, "paid_out_minor": paid_out_minor, "payout_account_id": payout})
    return [closed]
