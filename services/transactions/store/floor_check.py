"""Whether a withdrawal or transfer took an account below its floor, as far as that can be told afterwards.

The floor is min balance − overdraft limit of the contract that was in force, and only today's contract is kept. So a
posting is judged if its entry's audit record stands after the last change of the account's contract. Not judged are:
captures (their money was set aside before), fees, interest and reversals (the bank's own debits may pass the floor),
and a payout that empties an account that is about to close.
"""

from typing import Any

from sqlalchemy import Row, and_, func, not_, select
from sqlmodel import Session

from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS
from services.transactions.store.tables import PLUMBING
from shared.store.chains import BadRow

_AUDIT = PLUMBING.audit
_BY_THE_CUSTOMER = ("withdrawal", "transfer")


def floors_kept(session: Session, after: int, to: int) -> list[BadRow]:
    """Give debits of customers' accounts, of entries after one sequence up to another, that passed the floor."""
    floor = ACCOUNTS.c.min_balance_minor - ACCOUNTS.c.overdraft_limit_minor
    columns = (POSTINGS.c.entry_sequence, POSTINGS.c.leg, POSTINGS.c.account_id, ENTRIES.c.id.label("entry_id"))
    emptied = and_(POSTINGS.c.balance_after_minor == 0, ACCOUNTS.c.status.in_(("closing", "closed")))
    below = (
        select(*columns, POSTINGS.c.balance_after_minor, floor.label("floor"))
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(POSTINGS.c.entry_sequence > after, POSTINGS.c.entry_sequence <= to)
        .where(ACCOUNTS.c.kind == "customer", POSTINGS.c.direction == "debit", ENTRIES.c.type.in_(_BY_THE_CUSTOMER))
        .where(POSTINGS.c.balance_after_minor < floor, not_(emptied))
        .order_by(POSTINGS.c.entry_sequence, POSTINGS.c.leg)
    )
    return [
        BadRow(
            "postings",
            f"entry_sequence={row.entry_sequence} leg={row.leg}",
            "took the account below its floor",
            f"{row.floor} or more",
            str(row.balance_after_minor),
        )
        for row in session.execute(below).all()
        if _is_judged(session, row)
    ]


def _is_judged(session: Session, row: Row[Any]) -> bool:
    changed = and_(_AUDIT.c.subject_type == "ledger-account", _AUDIT.c.subject_id == row.account_id)
    contract = session.execute(select(func.max(_AUDIT.c.sequence)).where(changed)).scalar() or 0
    entry = and_(_AUDIT.c.subject_type == "entry", _AUDIT.c.subject_id == row.entry_id)
    # A batch has one record for all of its entries, after the contract's, if it is to be judged.
    batch = and_(_AUDIT.c.subject_type == "batch", _AUDIT.c.sequence > contract)
    own = session.execute(select(func.max(_AUDIT.c.sequence)).where(entry)).scalar()
    if own is not None:
        return bool(own > contract)
    afterwards = session.execute(select(_AUDIT.c.after).where(batch)).scalars()
    return any(row.entry_id in (after or {}).get("booked", ()) for after in afterwards)
