"""Set an interest rate from a day on.

Who: a supervisor or an admin, approved by another. Rule: `domain/interest_rate.py`. The table only grows.
Says: `RateChanged`.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.accounts.domain.interest_rate import NoFirstTier, RateOverlaps, RateSide
from services.accounts.domain.product import UnknownProduct, check_effective
from services.accounts.store.rate_queries import beginning_on, has_first_tier
from services.accounts.store.tables import ProductRow, RateRow
from shared.clock import bank_now
from shared.contracts.accounts import RateChanged
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class NewRate:
    """A rate in hundredths of a per cent a year, for the part of a balance from `tier_from_minor` on."""

    product: str
    rate_basis_points: int
    effective_from: date
    tier_from_minor: int = 0
    side: str = RateSide.CREDIT


def set_rate(session: Session, *, caller: Caller, rate: NewRate, note: str | None) -> RateRow:
    """Write a rate in the current write transaction and give it.

    :raises UnknownProduct: if there is no such product
    :raises BadEffectiveDate: if it would begin in the past
    :raises RateOverlaps: if another one of the same tier begins on that day
    :raises NoFirstTier: if a higher tier has none below it
    """
    check_rate(session, rate)
    at = bank_now()
    row = RateRow(
        id=new_id(),
        product=rate.product,
        side=str(rate.side),
        tier_from_minor=rate.tier_from_minor,
        rate_basis_points=rate.rate_basis_points,
        effective_from=rate.effective_from,
        note=note,
        created_at=at,
        created_by=str(caller.user_id),
    )
    session.add(row)
    session.flush()
    told = {
        "product": row.product,
        "side": row.side,
        "tier_from_minor": row.tier_from_minor,
        "rate_basis_points": row.rate_basis_points,
        "effective_from": row.effective_from.isoformat(),
    }
    append_facts(session, RateChanged.model_validate({"rate_id": row.id, **told}))
    record_audit(
        session,
        caller=caller,
        command="set-rate",
        subject_type="interest-rate",
        subject_id=row.id,
        after=told,
        reason=note,
    )
    return row


def check_rate(session: Session, rate: NewRate) -> None:
    """Refuse a rate that cannot stand in the table, as `set_rate` does; the product is locked from then on."""
    if session.get(ProductRow, rate.product, with_for_update=True) is None:
        raise UnknownProduct(product=rate.product)
    check_effective(rate.effective_from, today=bank_now().date())
    tier = {"product": rate.product, "side": str(rate.side)}
    if beginning_on(session, **tier, tier_from_minor=rate.tier_from_minor, day=rate.effective_from) is not None:
        raise RateOverlaps(effective_from=rate.effective_from.isoformat())
    if rate.tier_from_minor and not has_first_tier(session, **tier, day=rate.effective_from):
        raise NoFirstTier
