"""Ask for the sandbox's clock to be moved by days; a job then ends each business date in order.

Who: supervisor or admin, in the sandbox. Rule: `domain/business_date.py`. One request at a time.
"""

from datetime import datetime

from sqlmodel import Session

from services.transactions.domain.business_date import AlreadyAdvancing, require_movable_clock
from services.transactions.store.advance_store import Advance, add_advance, running_advance
from services.transactions.store.ledger_store import read_business_date
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.bank_clock import read_offset
from shared.store.jobs import enqueue_job

ADVANCE_CLOCK = "advance-clock"


def request_advance(
    session: Session, *, caller: Caller, days: int, sandbox: bool, at: datetime, reason: str | None = None
) -> str:
    """Keep the request and its job and give the job's id.

    :raises ClockFixed: outside the sandbox
    :raises AlreadyAdvancing: while an earlier request is not done
    """
    require_movable_clock(sandbox)
    if running := running_advance(session):
        raise AlreadyAdvancing("The clock is being moved already.", job_id=running.id)
    job_id = enqueue_job(session, kind=ADVANCE_CLOCK, unique_key=new_id(), payload={})
    assert job_id is not None  # noqa: S101 - for the type checker: the key was made just now
    add_advance(
        session,
        Advance(
            id=job_id,
            days=days,
            days_done=0,
            from_date=read_business_date(session) or at.date(),
            from_offset_seconds=read_offset(session, session.info["store"].plumbing.bank_clock),
            state="running",
            requested_by=caller.user_id or "",
            created_at=at,
        ),
    )
    record_audit(
        session,
        caller=caller,
        command="advance-clock",
        subject_type="clock",
        subject_id="bank",
        after={"days": days},
        reason=reason,
    )
    return job_id
