"""Identity's stream door: relays its facts, hears of approvals and ended relationships, follows the sandbox's clock.

Runs inside the API process on one machine (`IDENTITY_LISTENER=embedded`), or on its own:
`python -m services.identity.listener`.
"""

import sys

from services.identity.consumers import account_opened, account_reopened, approval_decided, relationship_ended
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import load_signing_keys
from services.identity.store.own_tokens import OwnTokens
from services.identity.store.tables import PLUMBING
from shared.clients.http import ServiceClient
from shared.clients.tokens import TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.bank_clock import CLOCK_MOVED
from shared.streams.listener import Handler, StreamDoor, Subscription, run_door

SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(
        "accounts",
        {
            approval_decided.FACT.type: Handler(approval_decided.FACT, approval_decided.consume),
            relationship_ended.FACT.type: Handler(relationship_ended.FACT, relationship_ended.consume),
            account_opened.FACT.type: Handler(account_opened.FACT, account_opened.consume),
            account_reopened.FACT.type: Handler(account_reopened.FACT, account_reopened.consume),
        },
    ),
    Subscription("transactions", CLOCK_MOVED),
)


def open_door(store: Store, settings: IdentitySettings, tokens: TokenSource) -> StreamDoor:
    """Build the door; nothing starts yet."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, lambda publisher: ServiceClient(settings, publisher, tokens))


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(IdentitySettings)
        configure_logging(settings.service, settings.log_level)
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        try:
            check_version(store)
            tokens = OwnTokens(load_signing_keys(settings.keys_path))
            return run_door(open_door(store, settings, tokens))
        finally:
            store.close()
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
