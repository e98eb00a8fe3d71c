"""RateChanged: a rate was set, or taken back before it began; our own copy follows."""

from datetime import date

from sqlmodel import Session

from services.transactions.domain.terms import Rate
from services.transactions.use_cases.take_terms import take_terms, withdraw_rate
from shared.contracts.accounts import RateChanged
from shared.contracts.envelope import Envelope

FACT = RateChanged


def consume(session: Session, fact: RateChanged, envelope: Envelope) -> None:
    """Keep it; told twice or late it changes nothing."""
    rate = Rate(
        rate_id=fact.rate_id,
        product=fact.product,
        side="debit" if fact.side == "debit" else "credit",
        tier_from_minor=fact.tier_from_minor,
        rate_basis_points=fact.rate_basis_points,
        effective_from=date.fromisoformat(fact.effective_from),
    )
    if fact.withdrawn:
        withdraw_rate(session, rate)
    else:
        take_terms(session, versions=(), rates=[rate])
