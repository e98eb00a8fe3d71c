"""Reading the ledger: balances now and as of a moment, entries with cursors."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry, Posting
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, OWNERS, POSTINGS, account_of, chunks
from shared.clock import format_time
from shared.money import Money
from shared.observability.context import looked_at

_LOWERED = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for. Days are business dates, inclusive and exclusive; amounts are in minor units and
    inclusive; `q` is a part of the description or of the other party's name."""

    account_ids: Sequence[str] | None = None
    type: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    q: str | None = None
    min_amount_minor: int | None = None
    max_amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry with its place in the ledger, and the id of the entry that reversed it."""

    sequence: int
    entry: JournalEntry
    reversed_by: str | None


def find_account(session: Session, account_id: str, *, unchanged: bool = False) -> LedgerAccount | None:
    """Give an account by id; `unchanged`: as it stays until this write transaction ends, whatever the writer does."""
    query = select(ACCOUNTS).where(ACCOUNTS.c.id == account_id)
    if unchanged:
        query = query.with_for_update(read=True)  # SQLite has one writer at a time anyway
    found = session.execute(query).first()
    if found is None:
        return None
    account = account_of(found)
    looked_at(*account.owners)
    return account


def find_accounts(session: Session, account_ids: Collection[str]) -> dict[str, LedgerAccount]:
    """Give accounts by id; missing ones are absent."""
    found: dict[str, LedgerAccount] = {}
    for part in chunks(set(account_ids)):
        for row in session.execute(select(ACCOUNTS).where(ACCOUNTS.c.id.in_(part))):
            found[row.id] = account_of(row)
    looked_at(*(owner for account in found.values() for owner in account.owners))
    return found


def accounts_of(session: Session, customer_id: str) -> list[str]:
    """Give the ids of the accounts that a customer owns."""
    return list(session.execute(select(OWNERS.c.account_id).where(OWNERS.c.customer_id == customer_id)).scalars())


def first_sequence_on(session: Session, day: date) -> int:
    """Give the sequence of the first entry booked on a business date or later, one past the last if there is none.

    Business dates never go back along the ledger, so it is found by halving: some twenty reads by primary key.
    """
    low, end = 1, (session.execute(select(func.max(ENTRIES.c.sequence))).scalar() or 0) + 1
    at_or_after = select(ENTRIES.c.sequence, ENTRIES.c.business_date).order_by(ENTRIES.c.sequence).limit(1)
    while low < end:
        middle = (low + end) // 2
        found = session.execute(at_or_after.where(ENTRIES.c.sequence >= middle)).one()
        if found.business_date < day:
            low = found.sequence + 1
        else:
            end = middle
    return low


def list_entries(session: Session, wanted: Filter, *, below: int | None, limit: int) -> list[FoundEntry]:
    """Give up to `limit` entries, newest first, below a sequence: stable while new ones are booked."""
    conditions = _conditions(session, wanted)
    if wanted.account_ids is None:
        within = [*conditions, ENTRIES.c.sequence < below] if below is not None else conditions
        return _found(session, select(ENTRIES).where(*within).order_by(ENTRIES.c.sequence.desc()).limit(limit))
    newest: set[int] = set()
    for account_id in wanted.account_ids:
        newest.update(session.execute(_of_account(account_id, conditions, below=below, limit=limit)).scalars())
    page = sorted(newest, reverse=True)[:limit]
    if not page:
        return []
    return _found(session, select(ENTRIES).where(ENTRIES.c.sequence.in_(page)).order_by(ENTRIES.c.sequence.desc()))


def _of_account(
    account_id: str, conditions: Sequence[ColumnElement[bool]], *, below: int | None, limit: int
) -> Select[Any]:
    """Walk one account's postings from the newest down: an index gives them in order, so a page costs a page."""
    query = (
        select(POSTINGS.c.entry_sequence)
        .distinct()
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id, *conditions)
    )
    if below is not None:
        query = query.where(POSTINGS.c.entry_sequence < below)
    return query.order_by(POSTINGS.c.entry_sequence.desc()).limit(limit)


def _conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.type is not None:
        conditions.append(ENTRIES.c.type == wanted.type)
    if wanted.from_day is not None:
        conditions.append(ENTRIES.c.sequence >= first_sequence_on(session, wanted.from_day))
    if wanted.to_day is not None:
        conditions.append(ENTRIES.c.sequence < first_sequence_on(session, wanted.to_day))
    if wanted.min_amount_minor is not None:
        conditions.append(ENTRIES.c.amount_minor >= wanted.min_amount_minor)
    if wanted.max_amount_minor is not None:
        conditions.append(ENTRIES.c.amount_minor <= wanted.max_amount_minor)
    if wanted.q:
        conditions.append(_says(wanted.q, own=wanted.account_ids or ()))
    return conditions


def _says(text: str, *, own: Sequence[str]) -> ColumnElement[bool]:
    """Match a part of the description, or of the other party's name, which is part of what the reader is shown."""
    parties = (ENTRIES.c.payer_account_id, ENTRIES.c.payee_account_id)
    other = select(ACCOUNTS.c.id).where(
        ACCOUNTS.c.id.in_(parties), ACCOUNTS.c.id.not_in(own), _holds(ACCOUNTS.c.holder_name, text)
    )
    return or_(_holds(ENTRIES.c.description, text), other.exists())


def _holds(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Match a part of a column, small letters or large. The stores lower A to Z alone, so a text with other letters is
    sought in the forms in which people write it."""
    forms = (text,) if text.isascii() else dict.fromkeys((text, text.lower(), text.upper(), text.title()))
    patterns = ("%" + re.sub(r"([\\%_])", r"\\\1", form.translate(_LOWERED)) + "%" for form in forms)
    return or_(*(func.lower(column).like(pattern, escape="\\") for pattern in patterns))


def find_entry(session: Session, entry_id: str) -> FoundEntry | None:
    """Give one entry by id."""
    found = _found(session, select(ENTRIES).where(ENTRIES.c.id == entry_id))
    return found[0] if found else None


def find_entries(session: Session, entry_ids: Collection[str]) -> list[FoundEntry]:
    """Give entries by id; missing ones are absent."""
    parts = chunks(entry_ids)
    return [one for part in parts for one in _found(session, select(ENTRIES).where(ENTRIES.c.id.in_(part)))]


def find_sequences(session: Session, *, above: int, until: int, limit: int) -> list[FoundEntry]:
    """Give up to `limit` entries above one sequence and up to another, in the order they were booked."""
    between = select(ENTRIES).where(ENTRIES.c.sequence > above, ENTRIES.c.sequence <= until)
    return _found(session, between.order_by(ENTRIES.c.sequence).limit(limit))


def _found(session: Session, query: Select[Any]) -> list[FoundEntry]:
    rows = session.execute(query).all()
    if not rows:
        return []
    legs: dict[int, list[Posting]] = {row.sequence: [] for row in rows}
    postings = select(POSTINGS).where(POSTINGS.c.entry_sequence.in_(list(legs)))
    for leg in session.execute(postings.order_by(POSTINGS.c.entry_sequence, POSTINGS.c.leg)):
        legs[leg.entry_sequence].append(posting_of(leg))
    reversals = select(ENTRIES.c.reverses, ENTRIES.c.id).where(ENTRIES.c.reverses.in_([row.id for row in rows]))
    reversed_by: dict[str, str] = dict(session.execute(reversals).all())
    return [FoundEntry(row.sequence, entry_of(row, tuple(legs[row.sequence])), reversed_by.get(row.id)) for row in rows]


def posting_of(row: Any) -> Posting:
    """Build the domain's posting from a row."""
    return Posting(row.account_id, row.direction, row.amount_minor, row.balance_after_minor)


def entry_of(row: Any, postings: tuple[Posting, ...]) -> JournalEntry:
    """Build the domain's entry from a row and its postings."""
    return JournalEntry(
        id=row.id,
        type=row.type,
        amount=Money(row.amount_minor, row.currency),
        payer_account_id=row.payer_account_id,
        payee_account_id=row.payee_account_id,
        description=row.description,
        booked_at=row.booked_at,
        business_date=row.business_date,
        value_date=row.value_date,
        postings=postings,
        reverses=row.reverses,
    )


def booked_as_of(session: Session, account_id: str, moment: datetime | date) -> int:
    """Give the booked balance in minor units at a moment (by booked_at), or at the end of a business date."""
    newest = (
        select(POSTINGS.c.balance_after_minor)
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id, _until(moment))
        .order_by(POSTINGS.c.entry_sequence.desc(), POSTINGS.c.leg.desc())
        .limit(1)
    )
    return session.execute(newest).scalar() or 0


def last_booking(session: Session, account_id: str, moment: datetime | date | None = None) -> datetime | None:
    """Give when an account's newest posting was booked (up to a moment, or the end of a business date)."""
    query = (
        select(ENTRIES.c.booked_at)
        .join(POSTINGS, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id)
        .order_by(POSTINGS.c.entry_sequence.desc())
        .limit(1)
    )
    if moment is not None:
        query = query.where(_until(moment))
    found: datetime | None = session.execute(query).scalar()
    return found


def _until(moment: datetime | date) -> ColumnElement[bool]:
    return ENTRIES.c.booked_at <= moment if isinstance(moment, datetime) else ENTRIES.c.business_date <= moment


def last_movements(session: Session) -> list[dict[str, str]]:
    """Give each customer account's last booking time, for consumers that rebuild."""
    newest = (
        select(POSTINGS.c.account_id, func.max(ENTRIES.c.booked_at))
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(ACCOUNTS.c.kind == "customer")
        .group_by(POSTINGS.c.account_id)
    )
    return [{"account_id": a, "last_transaction_at": format_time(at)} for a, at in session.execute(newest)]
