"""Match a line of a statement to a transaction by hand, with a reason.

Who: officer or supervisor. Rule: account, direction and amount must agree; a line and a posting match once.
"""

from sqlmodel import Session

from services.transactions.domain.reconciliation import (
    LineAlreadyMatched,
    LineMatch,
    MatchDiffers,
    OpenPosting,
    PostingAlreadyMatched,
    ReconciliationNotFound,
    posting_direction,
)
from services.transactions.domain.reversal import TransactionNotFound
from services.transactions.store.reconciliation_queries import (
    find_line,
    find_reconciliation,
    match_of_posting,
    postings_of_entry,
)
from services.transactions.store.reconciliation_store import insert_matches
from shared.clock import now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def match_line(
    session: Session, *, caller: Caller, reconciliation_id: str, line: int, transaction_id: str, reason: str
) -> None:
    """Match a line to the posting that a transaction has on the reconciled account.

    :raises ReconciliationNotFound: if there is no such line
    :raises LineAlreadyMatched: if the line has a posting
    :raises TransactionNotFound: if there is no such entry on this account
    :raises MatchDiffers: if direction or amount differ
    :raises PostingAlreadyMatched: if the posting has a line, in whatever reconciliation
    """
    found = find_reconciliation(session, reconciliation_id)
    row = find_line(session, reconciliation_id, line) if found is not None else None
    if found is None or row is None:
        raise ReconciliationNotFound("There is no such line.")
    if row.entry_id is not None:
        raise LineAlreadyMatched(f"Line {line} is matched already.", line=line, transaction_id=row.entry_id)
    posting = _posting(
        postings_of_entry(session, transaction_id, found.account_id), direction=row.direction, amount=row.amount_minor
    )
    taken = match_of_posting(session, posting.key)
    if taken is not None:
        raise PostingAlreadyMatched(
            "Each transaction is matched once.", reconciliation_id=taken.reconciliation_id, line=taken.line
        )
    match = LineMatch(line, posting.key, "manual")
    insert_matches(session, reconciliation_id, [match], by=caller.user_id or "", at=now(), reason=reason)
    record_audit(
        session,
        caller=caller,
        command="match-line",
        subject_type="reconciliation",
        subject_id=reconciliation_id,
        after={"line": line, "transaction_id": transaction_id, "rule": "manual"},
        reason=reason,
    )


def _posting(postings: list[OpenPosting], *, direction: str, amount: int) -> OpenPosting:
    if not postings:
        raise TransactionNotFound("No transaction with this id moved the reconciled account.")
    wanted = posting_direction("credit" if direction == "credit" else "debit")
    for posting in postings:
        if (posting.direction, posting.amount_minor) == (wanted, amount):
            return posting
    raise MatchDiffers(
        "Direction or amount differ.",
        wanted_direction=wanted,
        wanted_amount_minor=amount,
        direction=postings[0].direction,
        amount_minor=postings[0].amount_minor,
    )
