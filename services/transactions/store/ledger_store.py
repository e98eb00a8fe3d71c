"""Reading and writing the ledger a batch at a time: a few set queries, then `executemany`. No ORM on this path."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.outbox import GENESIS

ACCOUNTS = METADATA.tables["ledger_accounts"]
OWNERS = METADATA.tables["ledger_account_owners"]
ENTRIES = METADATA.tables["journal_entries"]
POSTINGS = METADATA.tables["postings"]
BUSINESS_DATE = METADATA.tables["business_date"]

_CHUNK = 900
"""Values of one IN list: SQLite takes 32,766, but its plan stays cached for equal lengths."""

_UPDATE_BALANCES = (
    update(ACCOUNTS)
    .where(ACCOUNTS.c.id == bindparam("account_id"))
    .values(booked_minor=bindparam("booked"), held_minor=bindparam("held"))
)


def chunks(values: Collection[str]) -> Iterable[list[str]]:
    """Cut values into lists short enough for one query."""
    ordered = sorted(values)
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def account_of(row: Row[Any]) -> LedgerAccount:
    """Build the domain's account from a row of the accounts table."""
    values = dict(row._mapping)
    values["owners"] = tuple(values["owners"])
    return LedgerAccount(**values)


def load_accounts(session: Session, *, ids: Collection[str], numbers: Collection[str]) -> list[LedgerAccount]:
    """Load accounts by id and by number."""
    found: dict[str, LedgerAccount] = {}
    for column, values in ((ACCOUNTS.c.id, ids), (ACCOUNTS.c.account_number, numbers)):
        for part in chunks(values):
            for row in session.execute(select(ACCOUNTS).where(column.in_(part))):
                found[row.id] = account_of(row)
    return list(found.values())


def last_entry(session: Session) -> tuple[int, str]:
    """Give sequence and hash of the newest entry, (0, genesis) on an empty ledger."""
    newest = select(ENTRIES.c.sequence, ENTRIES.c.hash).order_by(ENTRIES.c.sequence.desc()).limit(1)
    found = session.execute(newest).first()
    return (found[0], found[1]) if found else (0, GENESIS)


def entry_hash(previous: str, entry: JournalEntry) -> str:
    """Give SHA-256 over the previous entry's hash and the canonical entry with its postings."""
    content = [
        entry.id,
        entry.type,
        entry.amount.amount_minor,
        entry.amount.currency,
        entry.payer_account_id,
        entry.payee_account_id,
        entry.description,
        format_time(entry.booked_at),
        entry.value_date.isoformat(),
        entry.business_date.isoformat(),
        entry.reverses,
        [[p.account_id, p.direction, p.amount_minor, p.balance_after_minor] for p in entry.postings],
    ]
    return sha256((previous + json.dumps(content, separators=(",", ":"))).encode()).hexdigest()


def write_entries(session: Session, entries: Sequence[JournalEntry]) -> tuple[int, str] | None:
    """Append entries and their postings in this order, each chained to the one before.

    Gives sequence and hash of the last one, None without entries.
    """
    if not entries:
        return None
    sequence, previous = last_entry(session)
    entry_rows: list[dict[str, Any]] = []
    posting_rows: list[dict[str, Any]] = []
    for entry in entries:
        sequence += 1
        previous = entry_hash(previous, entry)
        entry_rows.append(
            {
                "sequence": sequence,
                "id": entry.id,
                "type": entry.type,
                "amount_minor": entry.amount.amount_minor,
                "currency": entry.amount.currency,
                "payer_account_id": entry.payer_account_id,
                "payee_account_id": entry.payee_account_id,
                "description": entry.description,
                "booked_at": entry.booked_at,
                "value_date": entry.value_date,
                "business_date": entry.business_date,
                "reverses": entry.reverses,
                "hash": previous,
            }
        )
        posting_rows.extend(
            {
                "entry_sequence": sequence,
                "leg": leg,
                "account_id": posting.account_id,
                "direction": posting.direction,
                "amount_minor": posting.amount_minor,
                "balance_after_minor": posting.balance_after_minor,
            }
            for leg, posting in enumerate(entry.postings)
        )
    session.execute(insert(ENTRIES), entry_rows)
    session.execute(insert(POSTINGS), posting_rows)
    return sequence, previous


def write_contracts(session: Session, contracts: Sequence[LedgerAccount], *, known: Collection[str]) -> None:
    """Write whole accounts: new ones are inserted, known ones replaced."""
    for account in contracts:
        row = {column.name: getattr(account, column.name) for column in ACCOUNTS.columns}
        row["owners"] = list(account.owners)
        if account.id in known:
            session.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account.id).values(**row))
        else:
            session.execute(insert(ACCOUNTS), [row])
        if account.owners:
            session.execute(delete(OWNERS).where(OWNERS.c.account_id == account.id))
            session.execute(insert(OWNERS), [{"customer_id": c, "account_id": account.id} for c in account.owners])


def write_balances(session: Session, accounts: Sequence[LedgerAccount]) -> None:
    """Write the balances of accounts that moved."""
    if accounts:
        rows = [{"account_id": a.id, "booked": a.booked_minor, "held": a.held_minor} for a in accounts]
        session.connection().execute(_UPDATE_BALANCES, rows)


def read_business_date(session: Session) -> date | None:
    """Give the day that entries are booked on, None before the books are opened."""
    found: date | None = session.execute(select(BUSINESS_DATE.c.business_date)).scalar()
    return found


def write_business_date(session: Session, day: date) -> None:
    """Set the day that entries are booked on."""
    moved = session.execute(update(BUSINESS_DATE).values(business_date=day, state="open"))
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        session.execute(insert(BUSINESS_DATE), [{"id": 1, "business_date": day, "state": "open"}])
