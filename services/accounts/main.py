"""The HTTP door of accounts, with its stream door inside unless ACCOUNTS_LISTENER=off."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.accounts.api import (
    account_life,
    account_limits,
    accounts,
    approvals,
    branches,
    cosignatures,
    customer_care,
    customer_unmasking,
    customer_views,
    customers,
    internal,
    owners,
    payees,
    products,
    rates,
    staff,
    viewing,
)
from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.listener import SUBSCRIPTIONS, open_door
from services.accounts.settings import AccountsSettings
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.seed_catalogue import seed_catalogue
from shared.clients.http import ServiceClient
from shared.clients.identity import make_verifier
from shared.clients.jwks import KeySet
from shared.clients.tokens import ServiceTokenSource
from shared.clients.trails import Trails
from shared.contracts.policy.accounts import POLICY
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.store.schema import check_version
from shared.streams.dead_letters import replayer
from shared.web.app import Hook, create_service_app, run_service
from shared.web.door import Verifier

_RESOURCES = (
    accounts, account_life, account_limits, owners, cosignatures, approvals, customer_care, customer_views,
    customer_unmasking, viewing, customers, branches, staff, payees, products, rates, internal,
)  # fmt: skip


def build_app(
    *,
    settings: AccountsSettings,
    store: Store,
    verifier: Verifier,
    identity: IdentityClient,
    ledger: LedgerClient,
    step_up_keys: KeySet,
    trails: Trails,
    on_start: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
) -> FastAPI:
    """Build the app of parts that exist; tests bring their own."""
    app = create_service_app(
        settings=settings,
        store=store,
        routers=[one.router for one in _RESOURCES],
        policy=POLICY,
        verifier=verifier,
        title="Strongroom accounts",
        on_start=on_start,
        on_stop=on_stop,
        replay=replayer(SUBSCRIPTIONS),
        snapshot=internal.take_snapshot,
    )
    app.state.identity = identity
    app.state.ledger = ledger
    app.state.step_up_keys = step_up_keys
    app.state.trails = trails
    return app


def create_app(settings: AccountsSettings | None = None) -> FastAPI:
    """Build the app as its process runs it; locks, seeds and threads begin with its start.

    :raises FaultAtStart: if a setting or the store is not as it must be
    """
    settings = settings or load(AccountsSettings)
    store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
    check_version(store)
    is_sandbox = settings.is_sandbox
    lock = lock_of(store, "api")
    tokens = ServiceTokenSource(settings)
    verifier, poller = make_verifier(settings, tokens)
    doors = [open_door(store, settings, tokens)] if settings.listener == "embedded" else []
    return build_app(
        settings=settings,
        store=store,
        verifier=verifier,
        identity=IdentityClient(ServiceClient(settings, "identity", tokens)),
        ledger=LedgerClient(ServiceClient(settings, "transactions", tokens)),
        step_up_keys=KeySet.of_identity(settings),
        trails=Trails(
            {
                "identity": ServiceClient(settings, "identity", tokens),
                "transactions": ServiceClient(settings, "transactions", tokens),
                "support": ServiceClient(settings, "support", tokens),
            }
        ),
        on_start=[
            lock.acquire,
            lambda: seed_catalogue(store, is_sandbox=is_sandbox),
            poller.start,
            *(door.start for door in doors),
        ],
        on_stop=[*(door.stop for door in doors), poller.stop, store.close, lock.release],
    )


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load(AccountsSettings)
    run_service(lambda: create_app(settings), settings)


if __name__ == "__main__":
    main()
