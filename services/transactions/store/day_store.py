"""The bank's own day: which entries it has, what it left on the accounts, and how it ends."""

from datetime import date, datetime

from sqlalchemy import insert, literal, select, update
from sqlmodel import Session

from services.transactions.store.ledger_store import ACCOUNTS, BUSINESS_DATE, ENTRIES, POSTINGS, read_business_date
from services.transactions.store.tables import METADATA

END_OF_DAY = METADATA.tables["end_of_day_balances"]


def last_sequence(session: Session, until: date | datetime) -> int:
    """Give the sequence of the last entry of a business date, or at a moment (by booked_at); 0 before the first.

    Neither ever goes back from one entry to the next, so it is found by halving, without an index of its own.
    """
    column = ENTRIES.c.booked_at if isinstance(until, datetime) else ENTRIES.c.business_date
    low, high = 0, session.execute(select(ENTRIES.c.sequence).order_by(ENTRIES.c.sequence.desc()).limit(1)).scalar()
    high = high or 0
    while low < high:
        middle = (low + high + 1) // 2
        found = session.execute(select(column).where(ENTRIES.c.sequence == middle)).scalar()
        if found is not None and found <= until:
            low = middle
        else:
            high = middle - 1
    return low


def last_sequence_before(session: Session, day: date) -> int:
    """Give the sequence of the last entry before a business date; 0 if there is none."""
    return last_sequence(session, date.fromordinal(day.toordinal() - 1)) if day > date.min else 0


def move_business_date(session: Session, day: date) -> None:
    """End the business date that is open and open `day`: the one way to do it, in the writer's transaction.

    What each account that moved on the ended day holds is kept as its end-of-day balance. A day that is open already,
    or over, changes nothing.
    """
    ended = read_business_date(session)
    if ended is None:
        session.execute(insert(BUSINESS_DATE), [{"id": 1, "business_date": day, "state": "open"}])
        return
    earlier = BUSINESS_DATE.c.business_date < day
    moved = session.execute(update(BUSINESS_DATE).where(earlier).values(business_date=day, state="open"))
    if moved.rowcount == 1:  # type: ignore[attr-defined]
        _keep_balances(session, ended)


def _keep_balances(session: Session, ended: date) -> None:
    """Keep the balances of the accounts that moved since the day before: nothing was booked since, so they are its."""
    before = last_sequence_before(session, ended)
    movers = select(POSTINGS.c.account_id).where(POSTINGS.c.entry_sequence > before)
    columns = select(ACCOUNTS.c.id, literal(ended, END_OF_DAY.c.business_date.type), ACCOUNTS.c.booked_minor).where(
        ACCOUNTS.c.id.in_(movers)
    )
    session.execute(insert(END_OF_DAY).from_select(["account_id", "business_date", "booked_minor"], columns))
