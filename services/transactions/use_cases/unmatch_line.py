"""Take the match of a statement's line back, whoever made it; the audit trail keeps what it was.

Who: officer or supervisor.
"""

from sqlmodel import Session

from services.transactions.domain.reconciliation import LineNotMatched, ReconciliationNotFound
from services.transactions.store.reconciliation_queries import find_line
from services.transactions.store.reconciliation_store import delete_match
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def unmatch_line(
    session: Session, *, caller: Caller, reconciliation_id: str, line: int, reason: str | None = None
) -> None:
    """Open a line, and its posting, for another match.

    :raises ReconciliationNotFound: if there is no such line
    :raises LineNotMatched: if it has no match
    """
    row = find_line(session, reconciliation_id, line)
    if row is None:
        raise ReconciliationNotFound("There is no such line.")
    if row.entry_id is None:
        raise LineNotMatched(f"Line {line} has no match.", line=line)
    delete_match(session, reconciliation_id, line)
    record_audit(
        session,
        caller=caller,
        command="unmatch-line",
        subject_type="reconciliation",
        subject_id=reconciliation_id,
        before={"line": line, "transaction_id": row.entry_id, "rule": row.rule, "reason": row.reason},
        reason=reason,
    )
