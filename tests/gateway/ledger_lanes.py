"""A whole ledger in threads: the real writer behind its socket, the real API at a port, and a gateway before each.

Only identity is a stand-in; tokens are signed by the test.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import uvicorn

from gateway.settings import GatewaySettings
from services.transactions.domain.bank_rules import BankRules
from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from services.transactions.writing.frames import FrameServer
from services.transactions.writing.intake import Intake
from services.transactions.writing.queue import WriterQueue
from shared.clients.jwks import KeySet
from shared.clients.verify import TokenVerifier
from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import tables_of
from tests.builders.tokens import TokenMaker
from tests.gateway.stand_ins import RunningGateway, Upstream, free_port
from tests.services.transactions.conftest import LedgerBench


class RunningWriter:
    """The writer's door and queue as its process runs them, in a thread; it can stop and start again."""

    def __init__(self, store: Store, verifier: TokenVerifier, path: Path) -> None:
        self._store, self._verifier, self._path = store, verifier, path

    def start(self) -> Self:
        self._opened, self._loop = threading.Event(), asyncio.new_event_loop()
        self._asked = asyncio.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()), daemon=True)
        self._thread.start()
        assert self._opened.wait(5)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._asked.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        queue = WriterQueue(self._store, limit=1000, batch_postings=100)
        door = FrameServer(self._path, Intake(self._verifier, BankRules(step_up_from_minor=900)), queue)
        queue.start(on_end=lambda: None)
        await door.start()
        self._opened.set()
        await self._asked.wait()
        await door.stop()
        await asyncio.to_thread(queue.stop)
        await door.close()
        await asyncio.sleep(0.05)
        await self._loop.shutdown_default_executor()


class RunningApi:
    """The HTTP door of `transactions` in a thread."""

    def __init__(self, settings: TransactionsSettings, store: Store, verifier: TokenVerifier) -> None:
        app = build_app(settings=settings, store=store, verifier=verifier)
        config = uvicorn.Config(app, port=settings.port, log_config=None, access_log=False, ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> Self:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)


@dataclass
class Lanes:
    """Three ways to one ledger: `framed` and `forwarded` are gateways, `direct` is the API itself (base addresses)."""

    tokens: TokenMaker
    bench: LedgerBench
    writer: RunningWriter
    framed: str
    forwarded: str
    direct: str


@contextlib.contextmanager
def open_lanes(folder: Path, *, hold_seconds: float = 5.0) -> Iterator[Lanes]:
    """Open a ledger with ada's account of 1,000 and ben's empty one."""
    tokens, path = TokenMaker(), folder / "l.sock"
    identity = Upstream(documents={"/.well-known/jwks.json": tokens.jwks()}).start()
    store = Store(f"sqlite:///{folder}/t.db", service="transactions", plumbing=tables_of("transactions")[1])
    migrate(store)
    bench = LedgerBench(store)
    bench.deposit(bench.open("ada"), 1000)
    bench.open("ben")
    settings = TransactionsSettings(
        data_dir=folder, writer_socket=path, port=free_port(), identity_url=identity.url, environment="sandbox"
    )
    verifiers = [TokenVerifier(service="transactions", keys=KeySet.of_identity(settings)) for _ in range(2)]
    writer = RunningWriter(store, verifiers[0], path).start()
    api = RunningApi(settings, store, verifiers[1]).start()
    gateways = [
        RunningGateway(
            GatewaySettings(
                environment="sandbox",
                identity_url=identity.url,
                transactions_url=f"http://127.0.0.1:{settings.port}",
                port=free_port(),
                ops_port=free_port(),
                ledger_socket=socket,
                hold_seconds=hold_seconds,
            )
        ).start()
        for socket in (path, None)
    ]
    try:
        yield Lanes(tokens, bench, writer, gateways[0].url, gateways[1].url, f"http://127.0.0.1:{settings.port}")
    finally:
        for running in (*gateways, api, writer, identity):
            running.stop()
        store.close()
