"""Decide a request: approve, reject, or (its maker) take it back.

Who: another person than its maker, with a role that its rule names. Rule: `domain/approval.py`. Of two at once one
decides. Says: `ApprovalDecided`; the service that keeps the command executes it. Ours is left to a job as well.
"""

from datetime import timedelta

from sqlmodel import Session

from services.accounts.domain.approval import (
    ApprovalNotFound,
    ApprovalStatus,
    NotTheMaker,
    require_checker,
    require_decidable,
)
from services.accounts.store.approval_store import approval_row
from services.accounts.store.tables import ApprovalRow
from shared.clock import bank_now, now
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.jobs import enqueue_job
from shared.store.outbox import append_facts

EXECUTE_APPROVED = "execute_approved"
_REQUEST_SECONDS = 10
"""How long the request that approved may be about to execute, before the worker does."""


def decide_approval(
    session: Session, *, caller: Caller, approval_id: str, approve: bool, note: str | None
) -> ApprovalRow:
    """Approve or reject in the current write transaction and give the request.

    :raises ApprovalNotFound: if there is none
    :raises OwnRequest, NotAChecker: if the caller may not decide it
    :raises ApprovalDecided: if it no longer waits
    """
    row = approval_row(session, approval_id, for_update=True)
    require_checker(caller=caller, made_by=row.made_by, checkers=row.checkers)
    require_decidable(status=row.status, expires_at=row.expires_at, at=bank_now())
    row.decided_by = str(caller.user_id)
    _decide(session, caller, row, ApprovalStatus.APPROVED if approve else ApprovalStatus.REJECTED, note)
    if approve and row.service == "accounts":
        enqueue_job(
            session,
            kind=EXECUTE_APPROVED,
            unique_key=row.id,
            payload={"approval_id": row.id},
            run_after=now() + timedelta(seconds=_REQUEST_SECONDS),
        )
    return row


def withdraw_approval(session: Session, *, caller: Caller, approval_id: str, note: str | None) -> ApprovalRow:
    """Take one's own request back in the current write transaction.

    :raises ApprovalNotFound, NotTheMaker, ApprovalDecided: if that cannot be
    """
    row = approval_row(session, approval_id, for_update=True)
    if row.made_by != caller.user_id:
        raise NotTheMaker if caller.has("officer", "supervisor", "admin", "auditor") else ApprovalNotFound
    require_decidable(status=row.status, expires_at=row.expires_at, at=bank_now())
    _decide(session, caller, row, ApprovalStatus.VOID, note)
    return row


def _decide(session: Session, caller: Caller, row: ApprovalRow, status: ApprovalStatus, note: str | None) -> None:
    row.status, row.decided_at, row.note = status.value, bank_now(), note
    session.add(row)
    session.flush()
    fact = ApprovalDecided(
        approval_id=row.id, service=row.service, decision=status.value, decided_by=row.decided_by, made_by=row.made_by
    )
    append_facts(session, fact)
    record_audit(
        session,
        caller=caller,
        command="decide-approval",
        subject_type="approval",
        subject_id=row.id,
        before={"status": ApprovalStatus.PENDING.value},
        after={"status": row.status, "made_by": row.made_by},
        reason=note,
    )
