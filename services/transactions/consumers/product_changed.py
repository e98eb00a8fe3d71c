"""ProductChanged: a version of a product's terms was written; our own copy follows."""

from datetime import date

from sqlmodel import Session

from services.transactions.use_cases.take_terms import take_terms
from shared.contracts.accounts import ProductChanged
from shared.contracts.envelope import Envelope

FACT = ProductChanged


def consume(session: Session, fact: ProductChanged, envelope: Envelope) -> None:
    """Keep it; told twice or late it changes nothing."""
    version = (fact.product, fact.version, date.fromisoformat(fact.effective_from), dict(fact.terms))
    take_terms(session, versions=[version], rates=())
