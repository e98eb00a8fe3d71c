"""The whole bank's balances as one read transaction saw them, for whoever wants to add them up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlmodel import Session

from services.transactions.store.ledger_store import ACCOUNTS, last_entry, read_business_date

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one currency in minor units: of debit-normal and of credit-normal accounts, which are equal."""

    currency: str
    accounts: int
    debit_minor: int
    credit_minor: int
    held_minor: int


@dataclass(frozen=True, slots=True)
class SnapshotHead:
    """What the snapshot is of."""

    business_date: date | None
    sequence: int
    hash: str
    totals: list[Total]


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One account's balances in minor units; booked counts in the account's normal direction."""

    account_id: str
    kind: str
    currency: str
    normal: str
    booked_minor: int
    held_minor: int


def snapshot_head(session: Session) -> SnapshotHead:
    """Give day, newest entry and sums; the session goes on to `balances` in the same read transaction."""
    sides = [
        func.sum(case((ACCOUNTS.c.normal == side, ACCOUNTS.c.booked_minor), else_=0)) for side in ("debit", "credit")
    ]
    query = select(ACCOUNTS.c.currency, func.count(), *sides, func.sum(ACCOUNTS.c.held_minor))
    rows = session.execute(query.group_by(ACCOUNTS.c.currency).order_by(ACCOUNTS.c.currency))
    totals = [Total(currency, *map(int, numbers)) for currency, *numbers in rows]
    sequence, newest_hash = last_entry(session)
    return SnapshotHead(read_business_date(session), sequence, newest_hash, totals)


def balances(session: Session) -> Iterator[list[AccountBalance]]:
    """Give every account's balances, some at a time, by id."""
    columns = ("id", "kind", "currency", "normal", "booked_minor", "held_minor")
    query = select(*(ACCOUNTS.c[name] for name in columns)).order_by(ACCOUNTS.c.id)
    with session.execute(query.execution_options(yield_per=_AT_A_TIME)) as found:
        for part in found.partitions():
            yield [AccountBalance(*row) for row in part]
