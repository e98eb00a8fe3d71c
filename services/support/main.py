"""The HTTP door of the support desk, with its stream door inside unless SUPPORT_LISTENER=off."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.support.api import attachments, canned_replies, internal, queues, tickets, work
from services.support.clients.accounts import Accounts
from services.support.listener import SUBSCRIPTIONS, open_door
from services.support.settings import SupportSettings
from services.support.store.tables import PLUMBING
from shared.clients.http import ServiceClient
from shared.clients.identity import make_verifier
from shared.clients.tokens import ServiceTokenSource
from shared.contracts.policy.support import POLICY
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.store.schema import check_version
from shared.streams.dead_letters import replayer
from shared.web.app import Hook, create_service_app, run_service
from shared.web.door import Verifier


def build_app(
    *,
    settings: SupportSettings,
    store: Store,
    verifier: Verifier,
    accounts: Accounts,
    on_start: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
) -> FastAPI:
    """Build the app of parts that exist; tests bring their own."""
    app = create_service_app(
        settings=settings,
        store=store,
        routers=[
            queues.router,
            tickets.router,
            work.router,
            attachments.router,
            canned_replies.router,
            internal.router,
        ],
        policy=POLICY,
        verifier=verifier,
        title="Strongroom support",
        on_start=on_start,
        on_stop=on_stop,
        replay=replayer(SUBSCRIPTIONS),
    )
    app.state.accounts = accounts
    return app


def create_app(settings: SupportSettings | None = None) -> FastAPI:
    """Build the app as its process runs it; locks and threads begin with its start.

    :raises FaultAtStart: if a setting or the store is not as it must be
    """
    settings = settings or load(SupportSettings)
    _ = settings.service_levels  # a wrong zone or country is said at the start, not by the first ticket
    store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
    check_version(store)
    lock = lock_of(store, "api")
    tokens = ServiceTokenSource(settings)
    verifier, poller = make_verifier(settings, tokens)
    doors = [open_door(store, settings, tokens)] if settings.listener == "embedded" else []
    return build_app(
        settings=settings,
        store=store,
        verifier=verifier,
        accounts=Accounts(ServiceClient(settings, "accounts", tokens)),
        on_start=[lock.acquire, poller.start, *(door.start for door in doors)],
        on_stop=[*(door.stop for door in doors), poller.stop, store.close, lock.release],
    )


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load(SupportSettings)
    run_service(lambda: create_app(settings), settings)


if __name__ == "__main__":
    main()
