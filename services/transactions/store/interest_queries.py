"""Interest as customers and auditors read it: totals out of the journal, worksheets out of the accruals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from services.transactions.store.interest_store import accruals_between
from services.transactions.store.ledger_store import ENTRIES, POSTINGS
from services.transactions.store.own_posting_store import OwnPosting


def interest_booked(session: Session, account_id: str, *, after: int = 0) -> dict[str, int]:
    """Give what was credited and debited as interest on an account after a sequence, in minor units; reversals count
    as what they are: they are no interest."""
    query = (
        select(POSTINGS.c.direction, func.sum(POSTINGS.c.amount_minor))
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id, POSTINGS.c.entry_sequence > after, ENTRIES.c.type == "interest")
        .group_by(POSTINGS.c.direction)
    )
    return {"credit": 0, "debit": 0} | {direction: int(amount) for direction, amount in session.execute(query)}


def worksheet_rows(session: Session, posting: OwnPosting) -> list[dict[str, Any]]:
    """Give the days that a posting was computed from; numbers of `UNIT`s are text, since they outgrow a double."""
    found = accruals_between(session, posting.account_id, posting.kind, first=posting.from_day, until=posting.booked_on)
    return [_row(one) for one in found]


def _row(one: dict[str, Any]) -> dict[str, Any]:
    day: date = one["day"]
    tiers: Sequence[Sequence[int]] = one["tiers"]
    return {
        "day": day.isoformat(),
        "booked_on": one["booked_on"].isoformat(),
        "balance_minor": one["balance_minor"],
        "tiers": [{"from_minor": begins, "rate_basis_points": rate} for begins, rate in tiers],
        "day_count": one["day_count"],
        "days": one["days"],
        "year_days": one["year_days"],
        "accrued": one["accrued"],
        "carry": one["carry"],
    }
