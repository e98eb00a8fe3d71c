"""Take a request for approval of another service into the inbox.

Who: that service's fact, so only requests of its own. The command stays there. Says: `ApprovalRequested`.
"""

from sqlmodel import Session

from services.accounts.store.tables import ApprovalRow
from shared.clock import parse_time
from shared.contracts.accounts import ApprovalRequested
from shared.contracts.approval_shapes import NeededApproval
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def take_request(session: Session, *, service: str, wanted: NeededApproval) -> None:
    """Write the request in the current write transaction; one that is there already stays as it is."""
    if session.get(ApprovalRow, wanted.approval_id) is not None:
        return
    row = ApprovalRow(
        id=wanted.approval_id,
        service=service,
        command=wanted.command,
        made_by=wanted.made_by,
        branch_id=wanted.branch_id,
        subject_type=wanted.subject_type,
        subject_id=wanted.subject_id,
        before=wanted.before,
        after=wanted.after,
        amount_minor=wanted.amount_minor,
        currency=wanted.currency,
        reason=wanted.reason,
        checkers=wanted.checkers,
        made_at=parse_time(wanted.made_at),
        expires_at=parse_time(wanted.expires_at),
    )
    session.add(row)
    session.flush()
    append_facts(
        session,
        ApprovalRequested(
            approval_id=row.id,
            service=service,
            command=row.command,
            made_by=row.made_by,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            checkers=tuple(row.checkers),
        ),
    )
    record_audit(
        session,
        caller=Caller.for_service(service, row.made_by),
        command=f"propose-{row.command}",
        subject_type="approval",
        subject_id=row.id,
        after={"subject": [row.subject_type, row.subject_id], "wanted": row.after},
        reason=row.reason,
    )
