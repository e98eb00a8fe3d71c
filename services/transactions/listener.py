"""The stream door of the ledger: publishes what the writer booked. It hears of products, rates,
payees, and what was decided about commands that wait for a second person."""

import sys
from typing import Any

from sqlmodel import Session

from services.transactions.clients.accounts import read_product_terms
from services.transactions.consumers import (
    approval_decided,
    payee_added,
    payee_removed,
    product_changed,
    rate_changed,
)
from services.transactions.settings import TransactionsSettings
from services.transactions.store.start_checks import open_ledger
from services.transactions.use_cases.take_payees import take_all_payees
from services.transactions.use_cases.take_terms import take_terms
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.streams.listener import Handler, StreamDoor, Subscription, run_door


def rebuild(session: Session, snapshot: dict[str, Any]) -> None:
    """Take terms, rates and payees from the snapshot of `accounts`, when its facts are no longer kept."""
    rebuild_terms(session, snapshot)
    take_all_payees(session, snapshot.get("payees", []))


def rebuild_terms(session: Session, snapshot: dict[str, Any]) -> None:
    """Take terms and rates from the snapshot of `accounts`, when its facts are no longer kept."""
    versions, rates = read_product_terms(snapshot)
    take_terms(session, versions=versions, rates=rates)


SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(
        "accounts",
        {
            product_changed.FACT.type: Handler(product_changed.FACT, product_changed.consume),
            payee_added.FACT.type: Handler(payee_added.FACT, payee_added.consume),
            payee_removed.FACT.type: Handler(payee_removed.FACT, payee_removed.consume),
            rate_changed.FACT.type: Handler(rate_changed.FACT, rate_changed.consume),
            approval_decided.FACT.type: Handler(approval_decided.FACT, approval_decided.consume),
        },
        rebuild=rebuild,
    ),
)


def open_door(store: Store, settings: TransactionsSettings, tokens: TokenSource) -> StreamDoor:
    """Make the door; start and stop are the caller's."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, lambda publisher: ServiceClient(settings, publisher, tokens))


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(TransactionsSettings)
        configure_logging(settings.service, settings.log_level)
        store = open_ledger(settings.store_url)
        return run_door(open_door(store, settings, ServiceTokenSource(settings)))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
