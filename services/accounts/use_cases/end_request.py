"""Note what became of another service's command that waited for a second person.

Who: that service's fact, about requests of its own. Rule: what is over stays as it ended. Says: `ApprovalDecided`, if
the service forgot the command before anybody decided, so that its maker hears of it.
"""

from sqlmodel import Session

from services.accounts.domain.approval import ApprovalStatus
from services.accounts.store.tables import ApprovalRow
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.approval_shapes import EndedApproval
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def end_request(session: Session, *, service: str, ended: EndedApproval) -> None:
    """Note the end in the current write transaction: what was executed or refused had been approved before."""
    row = session.get(ApprovalRow, ended.approval_id, with_for_update=True)
    if row is None or row.service != service:
        return
    undecided = row.status == ApprovalStatus.PENDING
    if row.status != ApprovalStatus.APPROVED and not (undecided and ended.status == "void"):
        return
    before = row.status
    row.status, row.outcome = ended.status, ended.outcome
    if undecided:
        row.decided_at = bank_now()
        append_facts(
            session,
            ApprovalDecided(
                approval_id=row.id, service=service, decision=ended.status, decided_by=None, made_by=row.made_by
            ),
        )
    session.add(row)
    session.flush()
    record_audit(
        session,
        caller=Caller.for_service(service, row.decided_by),
        command="end-approval",
        subject_type="approval",
        subject_id=row.id,
        before={"status": before},
        after={"status": row.status, **ended.outcome},
    )
