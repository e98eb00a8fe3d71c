"""What a batch locks on PostgreSQL, where several writers share the ledger: keys, then accounts, at last the head.

In this order everywhere, and each kind sorted, so that two writers never wait for each other in a ring. What a batch
reads afterwards stays as it is until the commit, and its booking time and business date are not before those of the
entry it follows: whoever looks for a day or a moment in the journal relies on that. SQLite has one writer and no locks.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlmodel import Session

from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.store.hold_store import HOLDS
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS, chunks
from services.transactions.use_cases.deciding import Context, Needs
from services.transactions.writing.submission import Submission
from shared.clock import bank_now
from shared.store.engine import Store
from shared.store.outbox import hold_head
from shared.store.postgres import lock_number

KEY_LOCKS = 512
"""A batch with more keys locks none: PostgreSQL's lock table has 6,400 places as it comes. Then the primary key
refuses the second of two equal requests, and its batch is decided anew and replays."""

_LOCKED = "locked_accounts"
_LAST_BOOKED_AT = select(ENTRIES.c.booked_at).order_by(ENTRIES.c.sequence.desc()).limit(1)
_LOCK_KEYS = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number")


class NotLocked(Exception):
    """An account appeared between the locks and the reading: the batch begins again, and locks it."""


def lock_batch(session: Session, submissions: Sequence[Submission]) -> None:
    """Lock a batch's keys, its accounts and the head until the transaction ends, before anything else is read."""
    store: Store = session.info["store"]
    if store.is_sqlite:
        return
    identities = {one.identity for one in submissions if one.identity is not None and not one.dry_run}
    if 0 < len(identities) <= KEY_LOCKS:
        numbers = sorted(lock_number(store.service, "key", *identity) for identity in identities)
        session.execute(_LOCK_KEYS, {"numbers": numbers})
    now = bank_now()
    needs = [
        one.command.needs(one.order, Context(one.caller, now, now.date(), "", one.path_ids)) for one in submissions
    ]
    lock_accounts(session, _accounts_of(session, needs))
    hold_head(session)


def moment_of_booking(session: Session) -> datetime:
    """Give the bank's time for what is booked now; not before the last entry, whose writer's clock may be ahead."""
    store: Store = session.info["store"]
    if store.is_sqlite:
        return bank_now()
    last: datetime | None = session.execute(_LAST_BOOKED_AT).scalar()
    return bank_now() if last is None else max(last, bank_now())


def lock_accounts(session: Session, account_ids: Collection[str]) -> Collection[str]:
    """Lock ledger accounts in the order of their ids and give those that are ours now; on SQLite all are."""
    store: Store = session.info["store"]
    if store.is_sqlite:
        return account_ids
    locked: set[str] = session.info.setdefault(_LOCKED, set())
    for part in chunks(account_ids):
        rows = select(ACCOUNTS.c.id).where(ACCOUNTS.c.id.in_(part)).order_by(ACCOUNTS.c.id).with_for_update()
        locked.update(session.execute(rows).scalars())
    return locked


def require_locked(session: Session, account_ids: Collection[str]) -> None:
    """Make sure that what was read is locked.

    :raises NotLocked: if an account is not, because it was opened in between
    """
    store: Store = session.info["store"]
    if not store.is_sqlite and not session.info[_LOCKED].issuperset(account_ids):
        raise NotLocked


def _accounts_of(session: Session, needs: Sequence[Needs]) -> set[str]:
    """Give the ids of the accounts a batch may read: numbers, holds and entries never change theirs."""
    ids = {account_id for one in needs for account_id in one.ids}
    numbers = {number for one in needs for number in one.numbers}
    hold_ids = {hold_id for one in needs for hold_id in one.hold_ids}
    entry_ids = {entry_id for one in needs for entry_id in one.entry_ids}
    holds = select(HOLDS.c.account_id, HOLDS.c.to_account_number, HOLDS.c.currency)
    for account_id, number, currency in _rows(session, holds, HOLDS.c.id, hold_ids):
        ids |= {account_id, clearing_account(currency=currency).id}
        if number is not None:
            numbers.add(number)
    postings = select(POSTINGS.c.account_id).join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
    ids.update(row[0] for row in _rows(session, postings, ENTRIES.c.id, entry_ids))
    ids.update(row[0] for row in _rows(session, select(ACCOUNTS.c.id), ACCOUNTS.c.account_number, numbers))
    return ids


def _rows(session: Session, query: Any, column: Any, values: Collection[str]) -> list[Any]:
    return [row for part in chunks(values) for row in session.execute(query.where(column.in_(part)))]
