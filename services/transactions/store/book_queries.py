"""The books as their readers ask for them: chart, trial balance, day book, end-of-day balances."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, case, func, select
from sqlmodel import Session

from services.transactions.domain.chart_of_accounts import CUSTOMERS
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.trial_balance import Holding
from services.transactions.store.day_store import END_OF_DAY, last_sequence, last_sequence_before
from services.transactions.store.ledger_queries import FoundEntry, find_sequences
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS, account_of


@dataclass(frozen=True, slots=True)
class DayTotal:
    """How many entries of one type and currency a day has, and what they sum up to, in minor units."""

    currency: str
    type: str
    entries: int
    amount_minor: int


def list_internal(session: Session, *, after: str | None, limit: int) -> list[LedgerAccount]:
    """Give up to `limit` of the bank's own accounts, by id."""
    query = select(ACCOUNTS).where(ACCOUNTS.c.kind != CUSTOMERS, ACCOUNTS.c.id > (after or ""))
    return [account_of(row) for row in session.execute(query.order_by(ACCOUNTS.c.id).limit(limit))]


def holdings(session: Session, *, as_of: date | datetime | None) -> list[Holding]:
    """Give what the bank's own accounts and each product's hold: now, at a moment, or at the end of a business date."""
    booked = ACCOUNTS.c.booked_minor if as_of is None else func.coalesce(_booked_until(session, as_of), 0)
    is_customers = ACCOUNTS.c.kind == CUSTOMERS
    each = select(
        case((is_customers, None), else_=ACCOUNTS.c.id).label("account_id"),
        ACCOUNTS.c.kind,
        ACCOUNTS.c.normal,
        ACCOUNTS.c.currency,
        ACCOUNTS.c.product,
        case((is_customers, ""), else_=ACCOUNTS.c.branch_id).label("branch_id"),
        booked.label("booked"),
    ).subquery()
    keys = [column for column in each.c if column.name != "booked"]
    above = func.sum(case((each.c.booked > 0, each.c.booked), else_=0))
    below = func.sum(case((each.c.booked < 0, -each.c.booked), else_=0))
    rows = session.execute(select(*keys, func.count(), above, below).group_by(*keys))
    return [
        Holding(account_id, kind, normal, currency, product, branch_id, accounts, int(more), int(less))
        for account_id, kind, normal, currency, product, branch_id, accounts, more, less in rows
    ]


def _booked_until(session: Session, as_of: date | datetime) -> ScalarSelect[int]:
    until = last_sequence(session, as_of)
    newest = select(POSTINGS.c.balance_after_minor).where(
        POSTINGS.c.account_id == ACCOUNTS.c.id, POSTINGS.c.entry_sequence <= until
    )
    return newest.order_by(POSTINGS.c.entry_sequence.desc()).limit(1).scalar_subquery()


def _of_day(session: Session, day: date) -> tuple[int, int]:
    """Give the sequences between which a business date's entries lie: after the first, up to the second."""
    return last_sequence_before(session, day), last_sequence(session, day)


def day_entries(session: Session, day: date, *, after: int | None, limit: int) -> list[FoundEntry]:
    """Give up to `limit` entries of a business date in the order they were booked."""
    first, last = _of_day(session, day)
    return find_sequences(session, above=max(first, after or 0), until=last, limit=limit)


def day_totals(session: Session, day: date) -> list[DayTotal]:
    """Sum a business date's entries up by currency and type."""
    first, last = _of_day(session, day)
    of_day = select(
        ENTRIES.c.currency, ENTRIES.c.type, func.count(ENTRIES.c.sequence), func.sum(ENTRIES.c.amount_minor)
    ).where(ENTRIES.c.sequence > first, ENTRIES.c.sequence <= last)
    rows = session.execute(
        of_day.group_by(ENTRIES.c.currency, ENTRIES.c.type).order_by(ENTRIES.c.currency, ENTRIES.c.type)
    )
    return [DayTotal(currency, kind, entries, int(total)) for currency, kind, entries, total in rows]


def end_of_days(
    session: Session, account_id: str, *, from_day: date | None, to_day: date | None, after: date | None, limit: int
) -> Sequence[tuple[date, int]]:
    """Give up to `limit` days on which an account moved, with what was booked at their end; oldest first."""
    query = select(END_OF_DAY.c.business_date, END_OF_DAY.c.booked_minor).where(END_OF_DAY.c.account_id == account_id)
    if from_day is not None:
        query = query.where(END_OF_DAY.c.business_date >= from_day)
    if to_day is not None:
        query = query.where(END_OF_DAY.c.business_date < to_day)
    if after is not None:
        query = query.where(END_OF_DAY.c.business_date > after)
    return [(day, booked) for day, booked in session.execute(query.order_by(END_OF_DAY.c.business_date).limit(limit))]
