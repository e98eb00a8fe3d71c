"""Reading and writing the ledger a batch at a time: a few set queries, then `executemany`. No ORM on this path."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry, require_balanced
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.canonical import canonical_json
from shared.store.outbox import GENESIS
from shared.store.statements import OneOf, Prepared, as_list, insert_into

ACCOUNTS = METADATA.tables["ledger_accounts"]
OWNERS = METADATA.tables["ledger_account_owners"]
ENTRIES = METADATA.tables["journal_entries"]
POSTINGS = METADATA.tables["postings"]
BUSINESS_DATE = METADATA.tables["business_date"]

_CHUNK = 900
"""Values of one IN list: SQLite takes 32,766, but its plan stays cached for equal lengths."""

_FIELDS = [field.name for field in fields(LedgerAccount)]
_ACCOUNT = select(*(ACCOUNTS.c[name] for name in _FIELDS))
_BY_ID = Prepared(_ACCOUNT.where(OneOf(ACCOUNTS.c.id, "ids")), ["ids"])
_BY_NUMBER = Prepared(_ACCOUNT.where(OneOf(ACCOUNTS.c.account_number, "numbers")), ["numbers"])

_NEWEST = Prepared(
    select(ENTRIES.c.sequence, ENTRIES.c.hash).where(
        ENTRIES.c.sequence == select(func.max(ENTRIES.c.sequence)).scalar_subquery()
    ),
    [],
)
_DAY = Prepared(select(BUSINESS_DATE.c.business_date), [])
_MOVE = Prepared(
    update(ACCOUNTS)
    .where(ACCOUNTS.c.id == bindparam("account_id"))
    .values(
        booked_minor=bindparam("booked"),
        held_minor=bindparam("held"),
        usage_day=bindparam("day"),
        day_debited_minor=bindparam("day_debited"),
        day_debits=bindparam("debits"),
        month_debited_minor=bindparam("month_debited"),
    ),
    ["booked", "held", "day", "day_debited", "debits", "month_debited", "account_id"],
)
_MOVED = attrgetter(
    "booked_minor", "held_minor", "usage_day", "day_debited_minor", "day_debits", "month_debited_minor", "id"
)
_APPEND_ENTRIES = insert_into(
    ENTRIES,
    [
        "sequence", "id", "type", "amount_minor", "currency", "payer_account_id", "payee_account_id",
        "description", "booked_at", "value_date", "business_date", "reverses", "hash",
    ],
)  # fmt: skip
_APPEND_POSTINGS = insert_into(
    POSTINGS, ["entry_sequence", "leg", "account_id", "direction", "amount_minor", "balance_after_minor"]
)


def chunks(values: Collection[str]) -> Iterable[list[str]]:
    """Cut values into lists short enough for one query."""
    ordered = sorted(values)
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def account_of(row: Row[Any]) -> LedgerAccount:
    """Build the domain's account from a row of the accounts table."""
    values = dict(row._mapping)
    values["owners"], values["waived_fees"] = tuple(values["owners"]), tuple(values["waived_fees"])
    return LedgerAccount(**values)


def load_accounts(session: Session, *, ids: Collection[str], numbers: Collection[str]) -> list[LedgerAccount]:
    """Load accounts by id and by number."""
    rows = _BY_ID.read(session, as_list(ids)) if ids else []
    if numbers:
        rows = [*rows, *_BY_NUMBER.read(session, as_list(numbers))]
    found: dict[str, LedgerAccount] = {}
    for row in rows:
        account = LedgerAccount(*row)
        account.owners, account.waived_fees = tuple(account.owners), tuple(account.waived_fees)
        found[account.id] = account
    return list(found.values())


def last_entry(session: Session) -> tuple[int, str]:
    """Give sequence and hash of the newest entry, (0, genesis) on an empty ledger."""
    found = _NEWEST.read(session)
    return (found[0][0], found[0][1]) if found else (0, GENESIS)


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
    return sha256(previous.encode() + canonical_json(content)).hexdigest()


def write_entries(session: Session, entries: Sequence[JournalEntry]) -> tuple[int, str] | None:
    """Append entries and their postings in this order, each chained to the one before.

    Gives sequence and hash of the last one, None without entries.
    """
    if not entries:
        return None
    sequence, previous = last_entry(session)
    entry_rows: list[tuple[Any, ...]] = []
    posting_rows: list[tuple[Any, ...]] = []
    for entry in entries:
        require_balanced(entry)
        sequence += 1
        previous = entry_hash(previous, entry)
        days = (format_time(entry.booked_at), entry.value_date.isoformat(), entry.business_date.isoformat())
        parties = (entry.payer_account_id, entry.payee_account_id)
        what = (entry.type, entry.amount.amount_minor, entry.amount.currency, *parties, entry.description)
        entry_rows.append((sequence, entry.id, *what, *days, entry.reverses, previous))
        for leg, posting in enumerate(entry.postings):
            moved = (posting.direction, posting.amount_minor, posting.balance_after_minor)
            posting_rows.append((sequence, leg, posting.account_id, *moved))
    _APPEND_ENTRIES.run(session, entry_rows)
    _APPEND_POSTINGS.run(session, posting_rows)
    return sequence, previous


def write_contracts(session: Session, contracts: Sequence[LedgerAccount], *, known: Collection[str]) -> None:
    """Write whole accounts: new ones are inserted, known ones replaced."""
    for account in contracts:
        row = {column.name: getattr(account, column.name) for column in ACCOUNTS.columns}
        row["owners"], row["waived_fees"] = list(account.owners), list(account.waived_fees)
        if account.id in known:
            session.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account.id).values(**row))
        else:
            session.execute(insert(ACCOUNTS), [row])
        if account.owners:
            session.execute(delete(OWNERS).where(OWNERS.c.account_id == account.id))
            session.execute(insert(OWNERS), [{"customer_id": c, "account_id": account.id} for c in account.owners])


def write_balances(session: Session, accounts: Sequence[LedgerAccount]) -> None:
    """Write the balances of accounts that moved, and what was used of their limits."""
    _MOVE.run(session, list(map(_MOVED, accounts)))


def read_business_date(session: Session) -> date | None:
    """Give the day that entries are booked on, None before the books are opened."""
    found = _DAY.read(session)
    return found[0][0] if found else None
