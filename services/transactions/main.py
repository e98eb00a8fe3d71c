"""The HTTP door of the ledger: reads from the store, hands every command to the writer.

The stream door runs inside unless TRANSACTIONS_LISTENER=off.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from services.transactions.api import (
    approval_rules,
    balances,
    bank_entries,
    books,
    business_date,
    holds,
    holidays,
    interest,
    jobs,
    money,
    own_commands,
    proofs,
    reconciliations,
    reports,
    standing_orders,
    statements,
    transactions,
)
from services.transactions.api.ledger import Ledger
from services.transactions.clients.job_board import JobsOf
from services.transactions.listener import SUBSCRIPTIONS, open_door
from services.transactions.settings import TransactionsSettings
from services.transactions.store.ledger_queries import last_movements
from services.transactions.store.start_checks import open_ledger
from services.transactions.tasks.watch_invariants import InvariantWatch
from shared.clients.frames import FrameClient
from shared.clients.http import ServiceClient
from shared.clients.identity import make_verifier
from shared.clients.jwks import KeySet
from shared.clients.tokens import ServiceTokenSource
from shared.contracts.policy.transactions import POLICY
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.streams.dead_letters import replayer
from shared.web.app import Hook, create_service_app, run_service
from shared.web.door import Verifier

ROUTERS = (
    money.router,
    own_commands.router,
    approval_rules.router,
    bank_entries.router,
    holds.router,
    balances.router,
    transactions.router,
    books.router,
    reconciliations.router,
    standing_orders.router,
    statements.router,
    business_date.router,
    holidays.router,
    interest.router,
    jobs.router,
    reports.router,
    proofs.router,
)


def _snapshot(session: Session) -> dict[str, Any]:
    return {"accounts": last_movements(session)}


def watch_of(store: Store, settings: TransactionsSettings) -> InvariantWatch:
    """Make the check that runs all the time; start and stop are the caller's."""
    every, anew = settings.invariants_seconds, settings.invariants_anew_seconds
    return InvariantWatch(store, every_seconds=every, anew_seconds=anew)


def build_app(
    *,
    settings: TransactionsSettings,
    store: Store,
    verifier: Verifier,
    on_start: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
    job_boards: Mapping[str, JobsOf] | None = None,
) -> FastAPI:
    """Build the app of parts that exist; tests bring their own."""
    client = FrameClient(settings.socket_path)
    app = create_service_app(
        settings=settings,
        store=store,
        routers=ROUTERS,
        policy=POLICY,
        verifier=verifier,
        title="Strongroom transactions",
        on_start=on_start,
        on_stop=on_stop,
        replay=replayer(SUBSCRIPTIONS),
        snapshot=_snapshot,
    )
    app.state.ledger = Ledger(client)
    app.state.calendar = settings.calendar
    app.state.job_boards = dict(job_boards or {})
    app.state.step_up_keys = KeySet.of_identity(settings)
    app.state.invariants = watch = watch_of(store, settings)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: FastAPI) -> AsyncIterator[None]:
        async with inner(of):
            watch.start()
            try:
                yield
            finally:
                await run_in_threadpool(watch.stop)  # before the store is closed
        await client.close()

    app.router.lifespan_context = lifespan
    return app


def job_boards_of(settings: TransactionsSettings, tokens: ServiceTokenSource) -> dict[str, JobsOf]:
    """Give what every service is asked for its jobs with, this one as well."""
    return {
        "identity": JobsOf(ServiceClient(settings, "identity", tokens)),
        "accounts": JobsOf(ServiceClient(settings, "accounts", tokens)),
        "transactions": JobsOf(ServiceClient(settings, "transactions", tokens)),
        "support": JobsOf(ServiceClient(settings, "support", tokens)),
        "notifications": JobsOf(ServiceClient(settings, "notifications", tokens)),
    }


def create_app(settings: TransactionsSettings | None = None) -> FastAPI:
    """Build the app as its process runs it; locks and threads begin with its start.

    :raises FaultAtStart: if a setting or the store is not as it must be
    """
    settings = settings or load(TransactionsSettings)
    store = open_ledger(settings.store_url)
    lock = lock_of(store, "api")
    tokens = ServiceTokenSource(settings)
    verifier, poller = make_verifier(settings, tokens)
    doors = [open_door(store, settings, tokens)] if settings.listener == "embedded" else []
    return build_app(
        settings=settings,
        store=store,
        verifier=verifier,
        on_start=[lock.acquire, poller.start, *(door.start for door in doors)],
        on_stop=[*(door.stop for door in doors), poller.stop, store.close, lock.release],
        job_boards=job_boards_of(settings, tokens),
    )


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load(TransactionsSettings)
    run_service(lambda: create_app(settings), settings)


if __name__ == "__main__":
    main()
