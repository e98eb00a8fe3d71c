"""Take back a rate that has not begun.

Who: a supervisor or an admin, approved by another. It stays in the table, as withdrawn. Says: `RateChanged`.
"""

from sqlmodel import Session

from services.accounts.domain.edit import require_version
from services.accounts.domain.interest_rate import RateNotFound, check_withdrawable
from services.accounts.store.tables import RateRow, WithdrawnRateRow
from shared.clock import bank_now
from shared.contracts.accounts import RateChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def withdraw_rate(session: Session, *, caller: Caller, rate_id: str, seen_version: int, note: str | None) -> RateRow:
    """Withdraw a future rate in the current write transaction and give it.

    :raises RateNotFound: if there is none
    :raises VersionMismatch: if it was withdrawn before
    :raises RateBegan: if it is in force, or was
    """
    row = check_withdrawal(session, rate_id=rate_id, seen_version=seen_version)
    at = bank_now()
    session.add(WithdrawnRateRow(rate_id=rate_id, note=note, withdrawn_at=at, withdrawn_by=str(caller.user_id)))
    session.flush()
    append_facts(
        session,
        RateChanged(
            rate_id=rate_id,
            product=row.product,
            side=row.side,
            tier_from_minor=row.tier_from_minor,
            rate_basis_points=row.rate_basis_points,
            effective_from=row.effective_from.isoformat(),
            withdrawn=True,
        ),
    )
    record_audit(
        session,
        caller=caller,
        command="withdraw-rate",
        subject_type="interest-rate",
        subject_id=rate_id,
        before={"withdrawn": False},
        after={"withdrawn": True},
        reason=note,
    )
    return row


def check_withdrawal(session: Session, *, rate_id: str, seen_version: int) -> RateRow:
    """Give a rate that may be withdrawn; refuses as `withdraw_rate` does."""
    row = session.get(RateRow, rate_id, with_for_update=True)
    if row is None:
        raise RateNotFound
    gone = session.get(WithdrawnRateRow, rate_id) is not None
    require_version(seen=seen_version, actual=2 if gone else 1)
    check_withdrawable(effective_from=row.effective_from, today=bank_now().date(), is_withdrawn=gone)
    return row
