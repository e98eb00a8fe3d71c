"""The HTTP door of notifications, with its stream door inside unless NOTIFICATIONS_LISTENER=off."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.notifications.api import (
    announcements,
    dead_letters,
    deliveries,
    dev_mail,
    inbox,
    mails,
    preferences,
    stream,
)
from services.notifications.api.live import LiveHub
from services.notifications.clients.dead_letters import OtherServices
from services.notifications.listener import SUBSCRIPTIONS, open_door
from services.notifications.settings import NotificationsSettings
from services.notifications.store.tables import PLUMBING
from shared.clients.http import ServiceClient
from shared.clients.identity import make_verifier
from shared.clients.tokens import ServiceTokenSource
from shared.contracts.policy.notifications import POLICY
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.store.schema import check_version
from shared.streams.dead_letters import replayer
from shared.web.app import Hook, create_service_app, run_service
from shared.web.door import Verifier


def build_app(
    *,
    settings: NotificationsSettings,
    store: Store,
    verifier: Verifier,
    others: OtherServices,
    on_start: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
) -> FastAPI:
    """Build the app of parts that exist; tests bring their own."""
    replay = replayer(SUBSCRIPTIONS)
    app = create_service_app(
        settings=settings,
        store=store,
        routers=[
            announcements.router,
            stream.router,
            preferences.router,
            inbox.router,
            dev_mail.router,
            mails.router,
            deliveries.router,
            dead_letters.router,
        ],
        policy=POLICY,
        verifier=verifier,
        title="Strongroom notifications",
        on_start=on_start,
        on_stop=on_stop,
        replay=replay,
    )
    app.state.verifier = verifier
    app.state.replay = replay
    app.state.others = others
    app.state.live = LiveHub(store, verifier, draining=lambda: bool(app.state.readiness.draining))
    return app


def create_app(settings: NotificationsSettings | None = None) -> FastAPI:
    """Build the app as its process runs it; locks and threads begin with its start.

    :raises FaultAtStart: if a setting or the store is not as it must be
    """
    settings = settings or load(NotificationsSettings)
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
        others=OtherServices(
            {
                "identity": ServiceClient(settings, "identity", tokens),
                "accounts": ServiceClient(settings, "accounts", tokens),
                "transactions": ServiceClient(settings, "transactions", tokens),
                "support": ServiceClient(settings, "support", tokens),
            }
        ),
        on_start=[lock.acquire, poller.start, *(door.start for door in doors)],
        on_stop=[*(door.stop for door in doors), poller.stop, store.close, lock.release],
    )


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load(NotificationsSettings)
    run_service(lambda: create_app(settings), settings)


if __name__ == "__main__":
    main()
