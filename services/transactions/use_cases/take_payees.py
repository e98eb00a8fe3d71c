"""Keep which payees customers have on their lists: our own copy, by which new payees get small amounts only.

Who: the facts of `accounts`. Rule: `domain/cooling_off.py`. A payee of another bank is none of the ledger's.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from services.transactions.store.payee_store import put_listed_payee, unlist_all
from shared.clock import parse_time


def list_payee(session: Session, *, customer_id: str, account_id: str | None, cooling_until: datetime | None) -> None:
    """Note that an account is on a customer's list, new until a moment of the bank's clock (None: not new)."""
    if account_id is not None:
        put_listed_payee(
            session, customer_id=customer_id, account_id=account_id, cooling_until=cooling_until, removed=False
        )


def unlist_payee(session: Session, *, customer_id: str, account_id: str | None) -> None:
    """Note that an account is on a customer's list no more: it is new to them again."""
    if account_id is not None:
        put_listed_payee(session, customer_id=customer_id, account_id=account_id, cooling_until=None, removed=True)


def take_all_payees(session: Session, payees: Iterable[Mapping[str, Any]]) -> None:
    """Take the lists of the snapshot of `accounts`: what is not in it is on no list any more."""
    unlist_all(session)
    for one in payees:
        until = one["cooling_until"]
        list_payee(
            session,
            customer_id=one["customer_id"],
            account_id=one["account_id"],
            cooling_until=None if until is None else parse_time(until),
        )
