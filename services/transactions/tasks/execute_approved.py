"""The job that hands an approved command of the desk to the writer, under the approval's id as the key."""

from services.transactions.clients.ledger_lane import LedgerLane, OwnCommand
from services.transactions.domain.approval import APPROVED
from services.transactions.store.approval_store import find_waiting
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.jobs import Job

ROUTE = "POST /internal/approved-commands/{approval_id}"


def run_execute_approved(store: Store, job: Job, *, lane: LedgerLane) -> None:
    """Execute the job's command; one that ended meanwhile is left.

    :raises Unavailable: if the writer does not answer, or takes no such command; it is tried again
    """
    with store.read() as session:
        waits = find_waiting(session, str(job.payload["approval_id"]))
    if waits is None or waits.state != APPROVED:
        return
    body = {
        "command": waits.command,
        "subject_id": waits.subject_id,
        "branch_id": waits.maker_branch_id,
        "content": waits.content,
    }
    [outcome] = lane.book([OwnCommand(ROUTE, body, f"approval:{waits.id}", {"approval_id": waits.id})])
    if outcome.code is not None:
        raise Unavailable(f"The writer did not take the approved command: {outcome.code}.", retry_after_seconds=5)
