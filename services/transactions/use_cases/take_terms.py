"""Keep the terms and rates that `accounts` has: our own copy, from which interest and fees are computed.

Who: the ledger's worker, and the facts of `accounts`. Rule: a version and a rate never change once they are written; a
rate may be taken back before it begins.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session

from services.transactions.domain.terms import Rate
from services.transactions.store.terms_store import put_rate, put_terms

Version = tuple[str, int, date, dict[str, Any]]
"""Product, version, the day it holds from, and what `accounts` wrote of it."""


def take_terms(session: Session, *, versions: Iterable[Version], rates: Iterable[Rate]) -> None:
    """Keep what is new of them."""
    for product, version, effective_from, terms in versions:
        put_terms(session, product=product, version=version, effective_from=effective_from, terms=terms)
    for rate in rates:
        put_rate(session, rate)


def withdraw_rate(session: Session, rate: Rate) -> None:
    """Note that a rate was taken back before it began: it never counts, even if it is told of only afterwards."""
    put_rate(session, rate, withdrawn=True)
