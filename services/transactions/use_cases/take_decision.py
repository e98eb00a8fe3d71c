"""Take what was decided about a command of the desk that waits: leave an approved one to a job, forget the others.

Who: the fact of `accounts`, which owns the inbox. Rule: here, once more, that nobody approves their own.
Says: `ApprovalEnded`, if an approval cannot count.
"""

from sqlmodel import Session

from services.transactions.domain.approval import APPROVED, FAILED
from services.transactions.store.approval_store import find_waiting, note_decision
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.transactions import ApprovalEnded
from shared.store.jobs import enqueue_job
from shared.store.outbox import append_facts

EXECUTE_APPROVED = "execute-approved"
_FORGOTTEN = frozenset({"rejected", "expired", "void"})
_OWN = "accounts.own-request"


def take_decision(session: Session, decided: ApprovalDecided) -> None:
    """Note it in the current write transaction; what does not wait any more stays as it ended."""
    if decided.service != "transactions":
        return
    waits = find_waiting(session, decided.approval_id)
    if waits is None:
        return
    if decided.decision in _FORGOTTEN:
        note_decision(session, waits.id, state=decided.decision, decided_by=_other(decided.decided_by, waits.made_by))
    elif decided.decision == APPROVED and decided.decided_by in (None, waits.made_by):
        if note_decision(session, waits.id, state=FAILED, decided_by=None):
            append_facts(session, ApprovalEnded(approval_id=waits.id, status="failed", outcome={"code": _OWN}))
    elif decided.decision == APPROVED and note_decision(
        session, waits.id, state=APPROVED, decided_by=decided.decided_by
    ):
        enqueue_job(session, kind=EXECUTE_APPROVED, unique_key=waits.id, payload={"approval_id": waits.id})


def _other(decided_by: str | None, made_by: str) -> str | None:
    """Who took their own request back decided nothing."""
    return None if decided_by == made_by else decided_by
