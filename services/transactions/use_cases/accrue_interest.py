"""Accrue interest for the next accounts of an end of day: a part of its step, in one transaction.

Who: the end of day. Rule: `domain/interest.py`. What an account holds is read as of the cut of the end of day, so a
repeat comes to the same; an entry that counts for a day which has accrued already is made up for by a correction.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from services.transactions.domain.interest import KINDS, DayAccrual, Kind, accrue_day
from services.transactions.domain.terms import TermsBook
from services.transactions.store.end_of_day_store import Run, move_cursor
from services.transactions.store.interest_store import (
    BookedAccrual,
    DayAccount,
    Position,
    accounts_at,
    accrued_by_day,
    cursor_after,
    late_accounts,
    movers_between,
    positions_of,
    valued_since,
    write_accruals,
    write_positions,
)
from shared.store.engine import Store

FURTHEST_CORRECTION = timedelta(days=400)
"""Days before that are not looked at again; value dates lie back by less."""


@dataclass(frozen=True, slots=True)
class DaysMoves:
    """What the entries of an end of day touched: who moved money, and which accounts have to be looked at again."""

    movers: Set[str]
    late: Mapping[str, date]


def read_moves(session: Session, run: Run) -> DaysMoves:
    """Read what the entries between the last cut and this one touched."""
    cut = run.cut_sequence or 0
    return DaysMoves(
        movers=movers_between(session, after=run.previous_cut, until=cut),
        late=late_accounts(session, after=run.previous_cut, until=cut, accrued_until=run.accrued_until),
    )


def accrue_interest(store: Store, run: Run, *, book: TermsBook, moves: DaysMoves, limit: int) -> Run:
    """Accrue up to `limit` accounts after the run's cursor and move it.

    :raises Overtaken: if somebody else moved this end of day on; then nothing was written
    """
    with store.read() as session:
        accounts = accounts_at(session, after=run.cursor, cut=run.cut_sequence or 0, limit=limit)
        known = positions_of(session, [account.id for account in accounts])
        parts = [_accrue(session, run, account, known.get(account.id), book, moves) for account in accounts]
    with store.write() as session:
        moved = move_cursor(session, run, cursor=cursor_after(accounts, limit), done=len(accounts))
        write_accruals(session, [accrual for _, accruals in parts for accrual in accruals])
        write_positions(session, [position for position, _ in parts], known=known)
    return moved


def _accrue(
    session: Session, run: Run, account: DayAccount, position: Position | None, book: TermsBook, moves: DaysMoves
) -> tuple[Position, list[BookedAccrual]]:
    now = position or Position(account.id, run.business_date, run.accrued_until, 0, 0, active_on=run.business_date)
    if account.status == "closed":  # its interest was posted with the closing
        return replace(now, accrued_until=run.last_day), []
    if account.id in moves.movers:
        now = replace(now, active_on=run.business_date, dormant_on=None)
    found: list[DayAccrual] = []
    first = moves.late.get(account.id)
    if first is not None:
        found.extend(_corrections(session, run, account, max(first, run.accrued_until - FURTHEST_CORRECTION), book))
    day = now.accrued_until + timedelta(days=1)
    while day <= run.last_day:
        if accrual := _of_day(account, day, account.booked_minor, book):
            found.append(accrual)
        day += timedelta(days=1)
    totals: dict[Kind, int] = {kind: now.accrued(kind) for kind in KINDS}
    booked = []
    for accrual in found:
        totals[accrual.kind] += accrual.accrued
        day_count = book.on(account.product, accrual.day).day_count
        booked.append(BookedAccrual(account.id, run.business_date, day_count, accrual, totals[accrual.kind]))
    now = replace(now, accrued_until=run.last_day, credit_accrued=totals["credit"], debit_accrued=totals["debit"])
    return now, booked


def _of_day(account: DayAccount, day: date, balance_minor: int, book: TermsBook) -> DayAccrual | None:
    return accrue_day(
        day=day,
        balance_minor=balance_minor,
        credit=book.tiers(account.product, "credit", day),
        debit=book.tiers(account.product, "debit", day),
        day_count=book.on(account.product, day).day_count,
    )


def _corrections(session: Session, run: Run, account: DayAccount, first: date, book: TermsBook) -> Iterator[DayAccrual]:
    """Give, for each day from the first on that has accrued, what is missing from it or was too much."""
    cut = run.cut_sequence or 0
    postings = valued_since(session, account.id, day=first, cut=cut)
    so_far = accrued_by_day(session, account.id, from_day=first, to_day=run.accrued_until)
    day = first
    while day <= run.accrued_until:
        balance = account.booked_minor - sum(amount for value_date, amount in postings if value_date > day)
        right = _of_day(account, day, balance, book)
        for kind in KINDS:
            wanted = right.accrued if right is not None and right.kind == kind else 0
            missing = wanted - so_far.get((day, kind), 0)
            if missing:
                plain = right if right is not None and right.kind == kind else _nothing(kind, day, balance)
                yield replace(plain, accrued=missing)
        day += timedelta(days=1)


def _nothing(kind: Kind, day: date, balance_minor: int) -> DayAccrual:
    return DayAccrual(kind, day, balance_minor, tiers=(), days=0, year_days=365, accrued=0)
