"""The ledger's own copy of product terms and interest rates, as `accounts` wrote them."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from services.transactions.domain.terms import Rate, TermsBook, read_terms
from services.transactions.store.tables import METADATA
from shared.store.canonical import json_text
from shared.store.statements import insert_new

TERMS = METADATA.tables["product_terms"]
RATES = METADATA.tables["product_rates"]

_ADD_TERMS = insert_new(TERMS, ["product", "version", "effective_from", "terms"])
_ADD_RATE = insert_new(
    RATES, ["rate_id", "product", "side", "tier_from_minor", "rate_basis_points", "effective_from", "withdrawn"]
)


def put_terms(session: Session, *, product: str, version: int, effective_from: date, terms: dict[str, Any]) -> None:
    """Keep one version of a product's terms; a version never changes, so one that is there already stays."""
    _ADD_TERMS.run(session, [(product, version, effective_from.isoformat(), json_text(terms))])


def put_rate(session: Session, rate: Rate, *, withdrawn: bool = False) -> None:
    """Keep a rate; one that was taken back before it began is marked and never counts."""
    row = (rate.rate_id, rate.product, rate.side, rate.tier_from_minor, rate.rate_basis_points)
    _ADD_RATE.run(session, [(*row, rate.effective_from.isoformat(), withdrawn)])
    if withdrawn:
        session.execute(RATES.update().where(RATES.c.rate_id == rate.rate_id).values(withdrawn=True))


def load_terms_book(session: Session) -> TermsBook:
    """Read all terms and rates: a few dozen rows, read once per end of day."""
    terms = [read_terms(*row) for row in session.execute(select(*TERMS.c))]
    columns = (
        RATES.c.rate_id, RATES.c.product, RATES.c.side, RATES.c.tier_from_minor, RATES.c.rate_basis_points,
        RATES.c.effective_from,
    )  # fmt: skip
    rates = [Rate(*row) for row in session.execute(select(*columns).where(RATES.c.withdrawn.is_(False)))]
    return TermsBook(terms, rates)
