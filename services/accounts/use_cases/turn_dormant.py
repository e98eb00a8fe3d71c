"""Let an account sleep on which nothing has moved for long.

Who: the ledger's end of day, by its fact, or the worker. An account that is not open stays as it is.
Says: `AccountTurnedDormant`. The contract follows by a job.
"""

from sqlmodel import Session

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.edit import FieldChange
from services.accounts.store.account_queries import owners_of
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow
from shared.clock import bank_now
from shared.contracts.accounts import AccountTurnedDormant
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def turn_dormant(session: Session, *, account_id: str) -> None:
    """Mark an open account as dormant in the current write transaction; a second time changes nothing."""
    account = session.get(AccountRow, account_id)
    if account is None or account.status != AccountStatus.OPEN:
        return
    at = bank_now()
    account.status, account.dormant_since = AccountStatus.DORMANT, at
    account.version += 1
    change_contract(session, account)
    changes = [FieldChange("status", AccountStatus.OPEN.value, AccountStatus.DORMANT.value)]
    add_account_edits(session, account_id, changes=changes, by="accounts", note=None, at=at)
    append_facts(session, AccountTurnedDormant(account_id=account_id, owners=owners_of(session, account_id)))
    record_audit(
        session,
        caller=Caller.for_service("accounts"),
        command="turn-dormant",
        subject_type="account",
        subject_id=account_id,
        before={"status": AccountStatus.OPEN.value},
        after={"status": AccountStatus.DORMANT.value},
    )
