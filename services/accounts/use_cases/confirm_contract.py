"""Confirm that the ledger holds an account's contract: an account that was opening is open from then on.

Who: the saga that pushed it. Says: `AccountOpened`.
"""

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_row, account_view, owners_of
from shared.clock import bank_now
from shared.contracts.accounts import AccountOpened
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


def confirm_contract(store: Store, *, account_id: str, version: int) -> AccountView:
    """Note that the ledger books by this version of the contract; a second time changes nothing."""
    with store.write() as session:
        account = account_row(session, account_id)
        account.pushed_version = max(account.pushed_version, version)
        if account.status == AccountStatus.OPENING:
            account.status = AccountStatus.OPEN
            account.opened_at = bank_now()
            owners = owners_of(session, account_id)
            append_facts(
                session,
                AccountOpened(
                    account_id=account_id,
                    owners=owners,
                    product=account.product,
                    currency=account.currency,
                    branch_id=account.branch_id,
                ),
            )
            record_audit(
                session,
                caller=Caller.for_service("accounts"),
                command="confirm-contract",
                subject_type="account",
                subject_id=account_id,
                before={"status": AccountStatus.OPENING.value},
                after={"status": AccountStatus.OPEN.value, "contract_version": version},
            )
        session.add(account)
        session.flush()
        return account_view(session, account)
