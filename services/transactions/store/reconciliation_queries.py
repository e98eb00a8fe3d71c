"""Reading reconciliations: statements, their lines with what they are matched to, and postings without a line."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Row, Select, and_, exists, func, or_, select, tuple_
from sqlmodel import Session

from services.transactions.domain.reconciliation import OpenPosting, PostingKey
from services.transactions.store.ledger_queries import first_sequence_on
from services.transactions.store.ledger_store import ENTRIES, POSTINGS
from services.transactions.store.reconciliation_store import LINES, MATCHES, RECONCILIATIONS

LineState = Literal["matched", "unmatched"]

_IS_MATCH_OF_LINE = and_(MATCHES.c.reconciliation_id == LINES.c.reconciliation_id, MATCHES.c.line == LINES.c.line)
_HAS_LINE = exists().where(MATCHES.c.entry_sequence == POSTINGS.c.entry_sequence, MATCHES.c.leg == POSTINGS.c.leg)


def find_reconciliation(session: Session, reconciliation_id: str) -> Row[Any] | None:
    """Give a reconciliation by id."""
    return session.execute(select(RECONCILIATIONS).where(RECONCILIATIONS.c.id == reconciliation_id)).first()


def find_by_file(session: Session, account_id: str, file_sha256: str) -> str | None:
    """Give the id of the reconciliation of a file, if it was reconciled against this account."""
    same = and_(RECONCILIATIONS.c.account_id == account_id, RECONCILIATIONS.c.file_sha256 == file_sha256)
    return session.execute(select(RECONCILIATIONS.c.id).where(same)).scalar()


def list_reconciliations(
    session: Session, *, currency: str | None, below: str | None, limit: int
) -> Sequence[Row[Any]]:
    """Give up to `limit` reconciliations, newest first, below an id."""
    query = select(RECONCILIATIONS)
    if currency is not None:
        query = query.where(RECONCILIATIONS.c.currency == currency)
    if below is not None:
        query = query.where(RECONCILIATIONS.c.id < below)
    return session.execute(query.order_by(RECONCILIATIONS.c.id.desc()).limit(limit)).all()


def count_matches(session: Session, reconciliation_id: str) -> int:
    """Count the matched lines of a reconciliation."""
    of_it = select(func.count()).select_from(MATCHES).where(MATCHES.c.reconciliation_id == reconciliation_id)
    return int(session.execute(of_it).scalar() or 0)


def list_lines(
    session: Session, reconciliation_id: str, *, state: LineState | None, above: int | None, limit: int
) -> Sequence[Row[Any]]:
    """Give up to `limit` lines in order, above a line, each with its match and the id of the matched entry."""
    matched = (MATCHES.c.rule, MATCHES.c.reason, MATCHES.c.matched_by, MATCHES.c.matched_at)
    query = (
        select(LINES, *matched, ENTRIES.c.id.label("entry_id"))
        .outerjoin(MATCHES, _IS_MATCH_OF_LINE)
        .outerjoin(ENTRIES, ENTRIES.c.sequence == MATCHES.c.entry_sequence)
        .where(LINES.c.reconciliation_id == reconciliation_id)
    )
    if state is not None:
        query = query.where(MATCHES.c.line.is_(None) if state == "unmatched" else MATCHES.c.line.is_not(None))
    if above is not None:
        query = query.where(LINES.c.line > above)
    return session.execute(query.order_by(LINES.c.line).limit(limit)).all()


def find_line(session: Session, reconciliation_id: str, line: int) -> Row[Any] | None:
    """Give one line with its match."""
    found = list_lines(session, reconciliation_id, state=None, above=line - 1, limit=1)
    return found[0] if found and found[0].line == line else None


def sequences_of(session: Session, from_day: date, to_day: date) -> tuple[int, int]:
    """Give the first sequence on a business date and the first after another one."""
    return first_sequence_on(session, from_day), first_sequence_on(session, moved(to_day, 1))


def moved(day: date, days: int) -> date:
    """Give a day some days later or earlier, at most the calendar's last or first."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def open_postings(
    session: Session,
    account_id: str,
    sequences: tuple[int, int],
    *,
    above: PostingKey | None = None,
    until: date | None = None,
    limit: int,
) -> list[OpenPosting]:
    """Give up to `limit` postings of an account without a line, oldest first, from a sequence up to another one.

    `until` leaves out what was booked later than that day and does not count from it or earlier either.
    """
    query = _open(account_id, sequences)
    if until is not None:
        query = query.where(or_(ENTRIES.c.business_date <= until, ENTRIES.c.value_date <= until))
    if above is not None:
        query = query.where(tuple_(POSTINGS.c.entry_sequence, POSTINGS.c.leg) > above)
    rows = session.execute(query.order_by(POSTINGS.c.entry_sequence, POSTINGS.c.leg).limit(limit))
    return [OpenPosting(*row) for row in rows]


def count_open_postings(session: Session, account_id: str, sequences: tuple[int, int]) -> int:
    """Count the postings of an account without a line between two sequences (the end excluded)."""
    return int(session.execute(select(func.count()).select_from(_open(account_id, sequences).subquery())).scalar() or 0)


def postings_of_entry(session: Session, entry_id: str, account_id: str) -> list[OpenPosting]:
    """Give the postings that an entry has on an account, matched or not."""
    query = _postings().where(ENTRIES.c.id == entry_id, POSTINGS.c.account_id == account_id)
    return [OpenPosting(*row) for row in session.execute(query.order_by(POSTINGS.c.leg))]


def match_of_posting(session: Session, key: PostingKey) -> Row[Any] | None:
    """Give the match of a posting."""
    return session.execute(select(MATCHES).where(MATCHES.c.entry_sequence == key[0], MATCHES.c.leg == key[1])).first()


def _postings() -> Select[Any]:
    return select(
        POSTINGS.c.entry_sequence,
        POSTINGS.c.leg,
        ENTRIES.c.id,
        POSTINGS.c.direction,
        POSTINGS.c.amount_minor,
        ENTRIES.c.business_date,
        ENTRIES.c.value_date,
        ENTRIES.c.description,
    ).join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)


def _open(account_id: str, sequences: tuple[int, int]) -> Select[Any]:
    first, end = sequences
    within = (POSTINGS.c.entry_sequence >= first, POSTINGS.c.entry_sequence < end)
    return _postings().where(POSTINGS.c.account_id == account_id, *within, ~_HAS_LINE)
