"""Move an account to another branch, with its history. Who: an officer or supervisor, with a reason.

The contract follows to the ledger by a job; what waits for an approval of the account is void. Says: `AccountChanged`.
"""

from sqlmodel import Session

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotOpen, require_at_rest
from services.accounts.domain.branch import SameBranch, UnknownBranch
from services.accounts.domain.edit import FieldChange
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow, BranchRow
from services.accounts.use_cases.propose import void_proposals
from shared.clock import bank_now
from shared.contracts.accounts import AccountChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def move_account(session: Session, *, caller: Caller, account_id: str, branch_id: str, reason: str) -> AccountRow:
    """Move the account in the current write transaction and give it.

    :raises AccountNotFound: if there is none that the caller sees
    :raises AccountInTransition, AccountNotOpen: if it is closed or on its way
    :raises UnknownBranch, SameBranch: if it cannot go there
    """
    account = visible_account(session, account_id, caller=caller)
    require_at_rest(life_state(account))
    if account.status == AccountStatus.CLOSED:
        raise AccountNotOpen(account_status=account.status)
    branch = session.get(BranchRow, branch_id, with_for_update=True)
    if branch is None or branch.state != "open":
        raise UnknownBranch(branch_id=branch_id)
    before = account.branch_id
    if before == branch_id:
        raise SameBranch
    account.branch_id = branch_id
    account.version += 1
    change_contract(session, account)
    void_proposals(session, caller=caller, subject_type="account", subject_id=account_id)
    changes = [FieldChange("branch_id", before, branch_id)]
    by, at = str(caller.user_id), bank_now()
    add_account_edits(session, account_id, changes=changes, by=by, note=reason, at=at)
    append_facts(session, AccountChanged(account_id=account_id, fields=["branch_id"]))
    record_audit(
        session,
        caller=caller,
        command="move-account",
        subject_type="account",
        subject_id=account_id,
        before={"branch_id": before},
        after={"branch_id": branch_id},
        reason=reason,
    )
    session.flush()
    return account
