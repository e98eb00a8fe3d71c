"""Build a service's HTTP app, and run it as a process."""

import importlib
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from shared.contracts.policy.row import OPERATIONS, PolicyRow
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.observability.tracing import configure_tracing
from shared.settings import BankSettings, ServiceSettings
from shared.store.engine import Store
from shared.store.witness import Witness
from shared.web.dead_letters import Replay, dead_letters_router
from shared.web.door import Door, Verifier
from shared.web.internal import Readiness, Snapshot, facts_router, health_router, jobs_router
from shared.web.openapi import install_openapi, operation_id
from shared.web.policy_table import PolicyTable, bodiless_routes, check_routes
from shared.web.problems import install_problem_handlers

Hook = Callable[[], None]
AppSource = FastAPI | Callable[[], FastAPI] | str
_log = structlog.get_logger("bank.app")


def create_service_app(
    *,
    settings: ServiceSettings,
    store: Store,
    routers: Sequence[APIRouter],
    policy: Iterable[PolicyRow],
    verifier: Verifier,
    title: str,
    on_start: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
    snapshot: Snapshot | None = None,
    replay: Replay | None = None,
) -> FastAPI:
    """Build an app behind the door. `on_start` runs in order before it is ready, `on_stop` in order after it drained.

    `replay` applies a fact that was parked: a service that accepts facts has it of its listener.
    `app.state` has `settings`, `store` and `readiness`. The store is not closed here: give `store.close` to `on_stop`.

    :raises FaultAtStart: if a route has no policy row, or hides another one
    """
    readiness = Readiness()
    every = [health_router(store, readiness), facts_router(store, snapshot), dead_letters_router(store, replay)]
    all_routers = [*every, jobs_router(store), *routers]
    table = PolicyTable(dict.fromkeys((*OPERATIONS, *policy)))
    check_routes(table, all_routers)
    bodiless = bodiless_routes(all_routers)
    own: dict[str, Any] = {"service": settings.service, "witness": Witness(store)}
    app = FastAPI(
        title=title,
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        lifespan=_lifespan(readiness, on_start, on_stop),
        middleware=[
            Middleware(Door, policy=table, verifier=verifier, bodiless=bodiless, **own),
        ],
    )
    app.state.settings = settings
    app.state.store = store
    app.state.readiness = readiness
    for router in all_routers:
        app.include_router(router)
    install_problem_handlers(app)
    install_openapi(app, table)
    return app


def _lifespan(readiness: Readiness, on_start: Sequence[Hook], on_stop: Sequence[Hook]) -> Any:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            for hook in on_start:
                await run_in_threadpool(hook)
            readiness.started = True
            yield
        except FaultAtStart as fault:
            sys.stderr.write(f"{fault}\n")
            logging.getLogger("uvicorn.error").disabled = True  # it would add a traceback to our one clear line
            raise
        finally:
            readiness.draining = True
            for hook in on_stop:
                try:
                    await run_in_threadpool(hook)
                except Exception as wrong:  # noqa: BLE001  (the other hooks must end their work all the same)
                    _log.error("stop.failed", exc_info=wrong)

    return lifespan


class _Server(uvicorn.Server):
    """Uvicorn that turns readiness off the moment it is asked to end."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness | None) -> None:
        super().__init__(config)
        self._readiness = readiness

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take no more work, finish what runs, end."""
        if self._readiness is not None:
            self._readiness.draining = True
        super().handle_exit(sig, frame)


def run_service(app: AppSource, settings: BankSettings) -> None:
    """Serve an app (or what makes it, or `module:factory`) in this process until SIGTERM or SIGINT, then drain ≤ 10 s.

    A process that cannot start ends with one clear line and status 1.
    """
    configure_logging(settings.service, settings.log_level)
    configure_tracing(settings.service, settings)
    try:
        built = _build(app)
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(1) from None
    config = uvicorn.Config(
        built,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=10,
        timeout_keep_alive=75,
    )
    server = _Server(config, getattr(built.state, "readiness", None))
    try:
        server.run()
    except KeyboardInterrupt:
        # Uvicorn raises the signal again once it has drained: Ctrl-C is a good end.
        return
    if not server.started:
        raise SystemExit(1)


def _build(app: AppSource) -> FastAPI:
    if isinstance(app, str):
        module, _, name = app.partition(":")
        app = getattr(importlib.import_module(module), name or "create_app")
    built = app if isinstance(app, FastAPI) else app()  # type: ignore[operator]
    if not isinstance(built, FastAPI):
        raise FaultAtStart("The app to run is no FastAPI app.")
    return built
