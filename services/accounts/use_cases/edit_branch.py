"""Edit a branch: name, location, opening state; the audit trail keeps old and new. Who: a supervisor or an admin."""

from collections.abc import Mapping

from services.accounts.domain.branch import BranchHasAccounts, BranchNameTaken
from services.accounts.domain.edit import changes_between, require_version
from services.accounts.store.catalogue_queries import branch_name_is_taken, branch_row, living_accounts
from services.accounts.store.tables import BranchRow
from shared.contracts.accounts import BranchChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


def edit_branch(
    store: Store, *, caller: Caller, branch_id: str, seen_version: int, fields: Mapping[str, str], note: str | None
) -> BranchRow:
    """Change columns of a branch (`name`, `location`, `state`) and give it; no change leaves no trace.

    :raises BranchNotFound: if there is none
    :raises VersionMismatch: if it was changed since the caller read it
    :raises BranchNameTaken: if another branch has this name
    :raises BranchHasAccounts: if it is to be closed and accounts of it are not
    """
    with store.write() as session:
        branch = branch_row(session, branch_id, for_update=True)
        require_version(seen=seen_version, actual=branch.version)
        if "name" in fields and branch_name_is_taken(session, name=fields["name"], by_other_than=branch_id):
            raise BranchNameTaken
        if fields.get("state") == "closed" and (count := living_accounts(session, branch_id)):
            raise BranchHasAccounts(accounts=count)
        changes = changes_between(before=branch.model_dump(), wanted=fields)
        if changes:
            for name, value in fields.items():
                setattr(branch, name, value)
            branch.version += 1
            session.add(branch)
            append_facts(session, BranchChanged(branch_id=branch_id, state=branch.state))
            record_audit(
                session,
                caller=caller,
                command="edit-branch",
                subject_type="branch",
                subject_id=branch_id,
                before={c.field: c.old for c in changes},
                after={c.field: c.new for c in changes},
                reason=note,
            )
        return branch
