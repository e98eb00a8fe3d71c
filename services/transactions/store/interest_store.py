"""What the ends of days keep of each account: positions, accruals, and what they are about to book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, select, update
from sqlmodel import Session

from services.transactions.domain.interest import DayAccrual, Kind, Tier
from services.transactions.store.day_store import last_sequence_before
from services.transactions.store.end_of_day_store import ALL_DONE, Overtaken
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS
from services.transactions.store.tables import METADATA
from shared.store.canonical import json_text
from shared.store.statements import Prepared, insert_into, insert_new

POSITIONS = METADATA.tables["day_positions"]
ACCRUALS = METADATA.tables["interest_accruals"]

CUSTOMERS_MOVES = ("deposit", "withdrawal", "transfer", "capture")
"""The types of entry by which a customer, or the desk for one, moves money."""

_SIGNED = case((POSTINGS.c.direction == ACCOUNTS.c.normal, POSTINGS.c.amount_minor), else_=-POSTINGS.c.amount_minor)


@dataclass(frozen=True, slots=True)
class DayAccount:
    """An account at the cut of an end of day; `booked_minor` is what its entries up to the cut add up to."""

    id: str
    product: str
    currency: str
    status: str
    booked_minor: int


@dataclass(frozen=True, slots=True)
class Position:
    """What has accrued on an account and is not posted, in `UNIT`s, and the last business date it moved on."""

    account_id: str
    since: date
    accrued_until: date
    credit_accrued: int
    debit_accrued: int
    active_on: date
    dormant_on: date | None = None

    def accrued(self, kind: Kind) -> int:
        """Give what has accrued of a kind."""
        return self.credit_accrued if kind == "credit" else self.debit_accrued


def accounts_at(session: Session, *, after: str, cut: int, limit: int) -> list[DayAccount]:
    """Give the next customers' accounts by id, each with what it held at the cut: all read in one snapshot."""
    wanted = (ACCOUNTS.c.id, ACCOUNTS.c.product, ACCOUNTS.c.currency, ACCOUNTS.c.status, ACCOUNTS.c.booked_minor)
    query = select(*wanted).where(ACCOUNTS.c.kind == "customer", ACCOUNTS.c.id > after).order_by(ACCOUNTS.c.id)
    rows = session.execute(query.limit(limit)).all()
    if not rows:
        return []
    later = (
        select(POSTINGS.c.account_id, func.sum(_SIGNED))
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(POSTINGS.c.entry_sequence > cut, POSTINGS.c.account_id > after, POSTINGS.c.account_id <= rows[-1].id)
        .group_by(POSTINGS.c.account_id)
    )
    since = {account_id: int(amount) for account_id, amount in session.execute(later)}
    return [
        DayAccount(row.id, row.product, row.currency, row.status, row.booked_minor - since.get(row.id, 0))
        for row in rows
    ]


def cursor_after(accounts: Sequence[DayAccount], limit: int) -> str:
    """Give the cursor of a step that has done these: the last one's id, or the end if there were fewer than asked."""
    return accounts[-1].id if len(accounts) == limit else ALL_DONE


def positions_of(session: Session, account_ids: Sequence[str]) -> dict[str, Position]:
    """Give the positions of accounts that follow each other by id."""
    if not account_ids:
        return {}
    query = select(*POSITIONS.c).where(POSITIONS.c.account_id.between(account_ids[0], account_ids[-1]))
    return {row.account_id: _position(row) for row in session.execute(query)}


def position_of(session: Session, account_id: str) -> Position | None:
    """Give an account's position, None before its first end of day."""
    return positions_of(session, [account_id]).get(account_id)


def _position(row: Any) -> Position:
    accrued = (int(row.credit_accrued), int(row.debit_accrued))
    return Position(row.account_id, row.since, row.accrued_until, *accrued, row.active_on, row.dormant_on)


_PUT_NEW = insert_new(
    POSITIONS, ["account_id", "since", "accrued_until", "credit_accrued", "debit_accrued", "active_on", "dormant_on"]
)
_PUT = Prepared(
    update(POSITIONS)
    .where(POSITIONS.c.account_id == bindparam("id"))
    .where(POSITIONS.c.credit_accrued == bindparam("old_credit"), POSITIONS.c.debit_accrued == bindparam("old_debit"))
    .values(
        accrued_until=bindparam("until"),
        credit_accrued=bindparam("credit"),
        debit_accrued=bindparam("debit"),
        active_on=bindparam("active"),
        dormant_on=bindparam("dormant"),
    ),
    ["until", "credit", "debit", "active", "dormant", "id", "old_credit", "old_debit"],
)


def write_positions(session: Session, positions: Sequence[Position], *, known: Mapping[str, Position]) -> None:
    """Write positions, new ones and changed ones; `known` are the changed ones as they were read.

    :raises Overtaken: if what has accrued is another by now: the account was closed, which posts its final interest
    """
    rows = [
        (
            one.accrued_until.isoformat(),
            str(one.credit_accrued),
            str(one.debit_accrued),
            one.active_on.isoformat(),
            one.dormant_on.isoformat() if one.dormant_on else None,
            one.account_id,
        )
        for one in positions
    ]
    since = {one.account_id: one.since.isoformat() for one in positions}
    old = {one.account_id: (str(one.credit_accrued), str(one.debit_accrued)) for one in known.values()}
    changed = [(*row, *old[row[-1] or ""]) for row in rows if row[-1] in known]
    if changed and _PUT.run(session, changed) != len(changed):
        raise Overtaken
    _PUT_NEW.run(session, [(row[-1], since[row[-1]], *row[:-1]) for row in rows if row[-1] not in known])


_ADD_ACCRUALS = insert_into(
    ACCRUALS,
    [
        "account_id", "kind", "booked_on", "day", "balance_minor", "day_count", "tiers", "days", "year_days",
        "accrued", "carry",
    ],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookedAccrual:
    """A day's accrual, or the correction of one, as it is kept; `carry` is what has accrued with it."""

    account_id: str
    booked_on: date
    day_count: str
    accrual: DayAccrual
    carry: int


def write_accruals(session: Session, accruals: Sequence[BookedAccrual]) -> None:
    """Append accruals."""
    _ADD_ACCRUALS.run(
        session,
        [
            (
                one.account_id, one.accrual.kind, one.booked_on.isoformat(), one.accrual.day.isoformat(),
                one.accrual.balance_minor, one.day_count, _tiers_text(one.accrual.tiers),
                one.accrual.days, one.accrual.year_days, str(one.accrual.accrued), str(one.carry),
            )
            for one in accruals
        ],
    )  # fmt: skip


def _tiers_text(tiers: Sequence[Tier]) -> str:
    return json_text([[tier.from_minor, tier.rate_basis_points] for tier in tiers])


def accrued_by_day(session: Session, account_id: str, *, from_day: date, to_day: date) -> dict[tuple[date, str], int]:
    """Give what was accrued so far for each day and kind, corrections included; both days inclusive."""
    query = select(ACCRUALS.c.day, ACCRUALS.c.kind, ACCRUALS.c.accrued).where(
        ACCRUALS.c.account_id == account_id, ACCRUALS.c.day.between(from_day, to_day)
    )
    found: dict[tuple[date, str], int] = {}
    for day, kind, accrued in session.execute(query):
        found[(day, kind)] = found.get((day, kind), 0) + int(accrued)
    return found


def accruals_between(session: Session, account_id: str, kind: str, *, first: date, until: date) -> list[dict[str, Any]]:
    """Give what was accrued by the ends of these business dates, both inclusive, in the order of its days."""
    query = (
        select(*ACCRUALS.c)
        .where(ACCRUALS.c.account_id == account_id, ACCRUALS.c.kind == kind)
        .where(ACCRUALS.c.booked_on >= first, ACCRUALS.c.booked_on <= until)
        .order_by(ACCRUALS.c.booked_on, ACCRUALS.c.day)
    )
    return [dict(row._mapping) for row in session.execute(query)]


def movers_between(session: Session, *, after: int, until: int) -> set[str]:
    """Give the accounts on which a customer, or the desk for one, moved money in a stretch of the journal."""
    query = (
        select(POSTINGS.c.account_id)
        .distinct()
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(ENTRIES.c.sequence > after, ENTRIES.c.sequence <= until, ENTRIES.c.type.in_(CUSTOMERS_MOVES))
    )
    return set(session.execute(query).scalars())


def late_accounts(session: Session, *, after: int, until: int, accrued_until: date) -> dict[str, date]:
    """Give the accounts with an entry in a stretch of the journal that counts for a day that has accrued, with the
    earliest such day."""
    query = (
        select(POSTINGS.c.account_id, func.min(ENTRIES.c.value_date))
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(ENTRIES.c.sequence > after, ENTRIES.c.sequence <= until, ENTRIES.c.value_date <= accrued_until)
        .group_by(POSTINGS.c.account_id)
    )
    return {account_id: _day(first) for account_id, first in session.execute(query)}


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def valued_since(session: Session, account_id: str, *, day: date, cut: int) -> list[tuple[date, int]]:
    """Give value date and signed amount of each posting up to the cut that may count later than a day.

    An entry counts at most a few days after it was booked, so those before are not read.
    """
    first = last_sequence_before(session, day)
    query = (
        select(ENTRIES.c.value_date, _SIGNED)
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(POSTINGS.c.account_id == account_id, POSTINGS.c.entry_sequence > first)
        .where(POSTINGS.c.entry_sequence <= cut)
    )
    return [(value_date, int(amount)) for value_date, amount in session.execute(query)]
