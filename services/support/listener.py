"""The stream door of the support desk: publishes its facts, and follows the sandbox's clock."""

import sys

from services.support.settings import SupportSettings
from services.support.store.tables import PLUMBING
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.bank_clock import CLOCK_MOVED
from shared.streams.listener import StreamDoor, Subscription, run_door

SUBSCRIPTIONS: tuple[Subscription, ...] = (Subscription("transactions", CLOCK_MOVED),)


def open_door(store: Store, settings: SupportSettings, tokens: TokenSource) -> StreamDoor:
    """Make the door; start and stop are the caller's."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, lambda publisher: ServiceClient(settings, publisher, tokens))


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(SupportSettings)
        configure_logging(settings.service, settings.log_level)
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return run_door(open_door(store, settings, ServiceTokenSource(settings)))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
