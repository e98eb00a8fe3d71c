"""Note how something ended that waited for owners' signatures.

Who: whoever signs, refuses or executes it, and the worker when time ran out. Says: `CosignatureEnded`.
"""

from typing import Any

from sqlmodel import Session

from services.accounts.domain.cosignature import CosignatureStatus
from services.accounts.store.cosignature_store import cosignature_row
from services.accounts.store.tables import CosignatureRow
from shared.clock import bank_now
from shared.contracts.accounts import CosignatureEnded
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def end_cosignature(
    session: Session,
    row: CosignatureRow,
    *,
    caller: Caller,
    status: CosignatureStatus,
    outcome: dict[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Write the end of what the current write transaction holds."""
    before = row.status
    row.status, row.decided_at, row.outcome, row.note = status.value, bank_now(), outcome, note
    row.decided_by = caller.customer_id
    session.add(row)
    session.flush()
    append_facts(
        session,
        CosignatureEnded(
            cosignature_id=row.id, kind=row.kind, account_id=row.account_id, made_by=row.maker_id, status=row.status
        ),
    )
    record_audit(
        session,
        caller=caller,
        command="end-cosignature",
        subject_type="cosignature",
        subject_id=row.id,
        before={"status": before},
        after={"status": row.status, **(outcome or {})},
        reason=note,
    )


def note_closing_refused(session: Session, *, cosignature_id: str, code: str) -> None:
    """Note that the ledger refused to close the account, though all owners signed."""
    row = cosignature_row(session, cosignature_id, for_update=True)
    by = Caller.for_service("accounts")
    end_cosignature(session, row, caller=by, status=CosignatureStatus.FAILED, outcome={"code": code})
