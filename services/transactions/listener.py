"""The stream door of the ledger: publishes what the writer booked. It reacts to nobody's facts yet."""

import sys

from services.transactions.settings import TransactionsSettings
from services.transactions.store.start_checks import open_ledger
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.streams.listener import StreamDoor, Subscription, run_door

SUBSCRIPTIONS: tuple[Subscription, ...] = ()


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
