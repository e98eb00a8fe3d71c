"""Identity's stream door: it consumes nothing and relays its own facts.

Runs inside the API process on one machine (`IDENTITY_LISTENER=embedded`), or on its own:
`python -m services.identity.listener`.
"""

import sys

from services.identity.settings import IdentitySettings
from services.identity.store.tables import PLUMBING
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.listener import StreamDoor, Subscription, run_door
from shared.streams.source import PublisherClient

SUBSCRIPTIONS: tuple[Subscription, ...] = ()


def open_door(store: Store, settings: IdentitySettings) -> StreamDoor:
    """Build the door; nothing starts yet."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, _client_of)


def _client_of(publisher: str) -> PublisherClient:
    raise LookupError(f"identity reads no facts of {publisher}")


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(IdentitySettings)
        configure_logging(settings.service, settings.log_level)
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        try:
            check_version(store)
            return run_door(open_door(store, settings))
        finally:
            store.close()
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
