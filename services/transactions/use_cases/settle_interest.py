"""Write down what interest the next accounts of an end of day are to be posted, where a period ends with the day.

Who: the end of day. Rule: `domain/interest.py`. Unique per account, period and kind; booked afterwards, under that key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from services.transactions.domain.interest import KINDS, Kind, month_within, period_ending, settle
from services.transactions.domain.terms import TermsBook
from services.transactions.store.end_of_day_store import Run, move_cursor
from services.transactions.store.interest_store import (
    DayAccount,
    Position,
    accounts_at,
    cursor_after,
    positions_of,
    write_positions,
)
from services.transactions.store.own_posting_store import OwnPosting, add_postings, last_postings
from shared.store.engine import Store

_NAMES = {"credit": "Interest", "debit": "Overdraft interest"}


def settle_interest(store: Store, run: Run, *, book: TermsBook, limit: int) -> Run:
    """Settle up to `limit` accounts after the run's cursor and move it.

    :raises Overtaken: if somebody else moved this end of day on; then nothing was written
    """
    with store.read() as session:
        ends = month_within(run.business_date, run.last_day) is not None
        accounts = accounts_at(session, after=run.cursor, cut=run.cut_sequence or 0, limit=limit) if ends else []
        known = positions_of(session, [account.id for account in accounts])
        due = {account.id: _period(run, account, book) for account in accounts}
        last = last_postings(session, accounts[0].id, accounts[-1].id) if accounts else {}
        settled = [
            posting
            for account in accounts
            if account.id in known and due[account.id] is not None
            for posting in _settle(run, account, known[account.id], due[account.id] or "", last)
        ]
    with store.write() as session:
        moved = move_cursor(session, run, cursor=cursor_after(accounts, limit), done=len(settled))
        add_postings(session, settled)
        write_positions(session, list(_carried(known, settled)), known=known)
    return moved


def _period(run: Run, account: DayAccount, book: TermsBook) -> str | None:
    """Give the period that ends between this business date and the next one, None if none does."""
    day, found = run.business_date, None
    while day <= run.last_day and found is None:
        found = period_ending(day, book.on(account.product, day).capitalisation)
        day += timedelta(days=1)
    return found


def _settle(
    run: Run, account: DayAccount, position: Position, period: str, last: Mapping[tuple[str, str], OwnPosting]
) -> Iterator[OwnPosting]:
    for kind in KINDS:
        accrued = position.accrued(kind)
        settlement = settle(accrued)
        if not settlement.amount_minor:
            continue  # it stays accrued, and the next period posts it with its own
        before = last.get((account.id, kind))
        yield OwnPosting(
            account_id=account.id,
            period=period,
            kind=kind,
            entry_type="interest",
            direction=_direction(kind, settlement.amount_minor),
            amount_minor=abs(settlement.amount_minor),
            currency=account.currency,
            description=f"{_NAMES[kind]} {period}",
            from_day=before.value_date if before else position.since,
            booked_on=run.business_date,
            value_date=run.next_date,
            opening=before.carry if before else 0,
            accrued=accrued,
            carry=settlement.carry,
        )


def _direction(kind: Kind, amount_minor: int) -> str:
    """A correction of an earlier period may outweigh what this one came to: then the posting goes the other way."""
    return "credit" if (kind == "credit") == (amount_minor > 0) else "debit"


def _carried(known: dict[str, Position], settled: list[OwnPosting]) -> Iterator[Position]:
    changed: dict[str, Position] = {}
    for one in settled:
        now = changed.get(one.account_id, known[one.account_id])
        if one.kind == "credit":
            changed[one.account_id] = replace(now, credit_accrued=one.carry)
        else:
            changed[one.account_id] = replace(now, debit_accrued=one.carry)
    yield from changed.values()
