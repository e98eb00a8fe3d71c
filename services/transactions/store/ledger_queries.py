"""Reading the ledger: balances now and as of a moment, entries with cursors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry, Posting
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, OWNERS, POSTINGS, account_of, chunks
from shared.clock import format_time
from shared.money import Money


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for. Days are business dates, inclusive and exclusive; `q` is part of the description."""

    account_ids: Sequence[str] | None = None
    type: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry with its place in the ledger, and the id of the entry that reversed it."""

    sequence: int
    entry: JournalEntry
    reversed_by: str | None


def find_account(session: Session, account_id: str) -> LedgerAccount | None:
    """Give an account by id."""
    found = session.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account_id)).first()
    return account_of(found) if found else None


def find_accounts(session: Session, account_ids: Collection[str]) -> dict[str, LedgerAccount]:
    """Give accounts by id; missing ones are absent."""
    found: dict[str, LedgerAccount] = {}
    for part in chunks(set(account_ids)):
        for row in session.execute(select(ACCOUNTS).where(ACCOUNTS.c.id.in_(part))):
            found[row.id] = account_of(row)
    return found


def accounts_of(session: Session, customer_id: str) -> list[str]:
    """Give the ids of the accounts that a customer owns."""
    return list(session.execute(select(OWNERS.c.account_id).where(OWNERS.c.customer_id == customer_id)).scalars())


def list_entries(session: Session, wanted: Filter, *, below: int | None, limit: int) -> list[FoundEntry]:
    """Give up to `limit` entries, newest first, below a sequence: stable while new ones are booked."""
    query = select(ENTRIES)
    if wanted.account_ids is not None:
        of_accounts = select(POSTINGS.c.entry_sequence).where(POSTINGS.c.account_id.in_(wanted.account_ids))
        query = query.where(ENTRIES.c.sequence.in_(of_accounts))
    if wanted.type is not None:
        query = query.where(ENTRIES.c.type == wanted.type)
    if wanted.from_day is not None:
        query = query.where(ENTRIES.c.business_date >= wanted.from_day)
    if wanted.to_day is not None:
        query = query.where(ENTRIES.c.business_date < wanted.to_day)
    if wanted.q:
        query = query.where(func.lower(ENTRIES.c.description).contains(wanted.q.lower(), autoescape=True))
    if below is not None:
        query = query.where(ENTRIES.c.sequence < below)
    return _found(session, query.order_by(ENTRIES.c.sequence.desc()).limit(limit))


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
    at_that_time = ENTRIES.c.booked_at <= moment if isinstance(moment, datetime) else ENTRIES.c.business_date <= moment
    newest = (
        select(POSTINGS.c.balance_after_minor)
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id, at_that_time)
        .order_by(POSTINGS.c.entry_sequence.desc(), POSTINGS.c.leg.desc())
        .limit(1)
    )
    return session.execute(newest).scalar() or 0


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
