"""Interest as customers and auditors read it: totals out of the journal, worksheets out of the accruals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from services.transactions.store.interest_store import accruals_between
from services.transactions.store.ledger_store import ENTRIES, OWNERS, POSTINGS
from services.transactions.store.own_posting_store import POSTINGS as OWN_POSTINGS
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


def interest_by_customer(session: Session, period: str, *, after: str, limit: int) -> list[dict[str, Any]]:
    """Give what was posted for a month, or for the quarter that ends with it, by customer and currency, for up to
    `limit` customers by id. A posting that went the other way counts against its kind."""
    paid, charged = _booked_as("credit"), _booked_as("debit")
    columns = (OWNERS.c.customer_id, OWN_POSTINGS.c.currency)
    query = (
        select(*columns, func.sum(paid), func.sum(charged), func.count(OWNERS.c.account_id.distinct()))
        .join(OWN_POSTINGS, OWN_POSTINGS.c.account_id == OWNERS.c.account_id)
        .where(OWN_POSTINGS.c.entry_type == "interest", OWN_POSTINGS.c.state == "booked")
        .where(OWN_POSTINGS.c.period.in_(_periods(period)))
    )
    mine = query.where(OWNERS.c.customer_id > after).with_only_columns(OWNERS.c.customer_id)
    ids = list(session.execute(mine.distinct().order_by(OWNERS.c.customer_id).limit(limit)).scalars())
    if not ids:
        return []
    found = query.where(OWNERS.c.customer_id.between(ids[0], ids[-1])).group_by(*columns).order_by(*columns)
    names = ("customer_id", "currency", "credited_minor", "charged_minor", "accounts")
    return [dict(zip(names, (row[0], row[1], *map(int, row[2:])), strict=True)) for row in session.execute(found)]


def _booked_as(kind: str) -> Any:
    """Give the signed amount of a posting of a kind, 0 for the other one."""
    signed = case((OWN_POSTINGS.c.direction == kind, OWN_POSTINGS.c.amount_minor), else_=-OWN_POSTINGS.c.amount_minor)
    return case((OWN_POSTINGS.c.kind == kind, signed), else_=0)


def _periods(month: str) -> list[str]:
    year, number = month.split("-")
    quarter = [f"{year}-Q{int(number) // 3}"] if int(number) % 3 == 0 else []
    return [month, *quarter]
