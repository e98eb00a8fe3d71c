"""Create a branch. Who: a supervisor or an admin."""

from sqlmodel import Session

from services.accounts.domain.branch import BranchNameTaken
from services.accounts.store.catalogue_queries import branch_name_is_taken
from services.accounts.store.tables import BranchRow
from shared.clock import bank_now
from shared.contracts.accounts import BranchChanged
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def create_branch(session: Session, *, caller: Caller, name: str, location: str) -> BranchRow:
    """Write a new branch in the current write transaction and give it.

    :raises BranchNameTaken: if another branch has this name
    """
    if branch_name_is_taken(session, name=name, by_other_than=None):
        raise BranchNameTaken
    branch = BranchRow(id=new_id(), name=name, location=location, created_at=bank_now())
    session.add(branch)
    session.flush()
    append_facts(session, BranchChanged(branch_id=branch.id, state=branch.state))
    record_audit(
        session,
        caller=caller,
        command="create-branch",
        subject_type="branch",
        subject_id=branch.id,
        after={"name": name, "location": location},
    )
    return branch
