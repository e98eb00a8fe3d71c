"""Reading the interest-rate table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from services.accounts.store.tables import RateRow, WithdrawnRateRow
from shared.clock import format_time

_WITHDRAWN = select(WithdrawnRateRow.rate_id)


def rate_on(session: Session, product: str, day: date) -> int | None:
    """Give what a product pays from the first unit on, on a day, in basis points a year; None before its first."""
    query = (
        select(RateRow.rate_basis_points)
        .where(RateRow.product == product, RateRow.side == "credit", RateRow.tier_from_minor == 0)
        .where(RateRow.effective_from <= day, col(RateRow.id).not_in(_WITHDRAWN))
        .order_by(col(RateRow.effective_from).desc())
        .limit(1)
    )
    return session.exec(query).first()


def beginning_on(session: Session, *, product: str, side: str, tier_from_minor: int, day: date) -> RateRow | None:
    """Give the rate of a tier that begins on just this day and was not withdrawn."""
    query = select(RateRow).where(
        RateRow.product == product,
        RateRow.side == side,
        RateRow.tier_from_minor == tier_from_minor,
        RateRow.effective_from == day,
        col(RateRow.id).not_in(_WITHDRAWN),
    )
    return session.exec(query).first()


def has_first_tier(session: Session, *, product: str, side: str, day: date) -> bool:
    """Tell whether a rate from zero is in force on a day."""
    query = select(RateRow.id).where(
        RateRow.product == product,
        RateRow.side == side,
        RateRow.tier_from_minor == 0,
        RateRow.effective_from <= day,
        col(RateRow.id).not_in(_WITHDRAWN),
    )
    return session.exec(query.limit(1)).first() is not None


def list_rates(session: Session, *, product: str | None, after: str | None, limit: int) -> Sequence[RateRow]:
    """List rates by id, after one of them, the withdrawn ones too; of one product, or all."""
    query = select(RateRow).where(RateRow.id > (after or ""))
    if product is not None:
        query = query.where(RateRow.product == product)
    return session.exec(query.order_by(col(RateRow.id)).limit(limit)).all()


def rate_view(session: Session, row: RateRow) -> dict[str, Any]:
    """Give a rate in the form the API shows, with the day on which the next one of its tier takes its place."""
    following = select(col(RateRow.effective_from)).where(
        RateRow.product == row.product,
        RateRow.side == row.side,
        RateRow.tier_from_minor == row.tier_from_minor,
        RateRow.effective_from > row.effective_from,
        col(RateRow.id).not_in(_WITHDRAWN),
    )
    until = session.exec(following.order_by(col(RateRow.effective_from)).limit(1)).first()
    gone = session.get(WithdrawnRateRow, row.id)
    return {
        **row.model_dump(mode="json", exclude={"created_at"}),
        "effective_to": None if until is None else until.isoformat(),
        "created_at": format_time(row.created_at),
        "withdrawn_at": None if gone is None else format_time(gone.withdrawn_at),
        "withdrawn_by": None if gone is None else gone.withdrawn_by,
        "version": 1 if gone is None else 2,
    }


def rates_to_come_or_in_force(session: Session) -> list[dict[str, Any]]:
    """List all rates that were not withdrawn, as other services get them."""
    rows = session.exec(select(RateRow).where(col(RateRow.id).not_in(_WITHDRAWN)).order_by(col(RateRow.id))).all()
    return [
        {
            "rate_id": row.id,
            "product": row.product,
            "side": row.side,
            "tier_from_minor": row.tier_from_minor,
            "rate_basis_points": row.rate_basis_points,
            "effective_from": row.effective_from.isoformat(),
        }
        for row in rows
    ]
