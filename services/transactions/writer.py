"""The ledger's group-commit door: the one process that writes the ledger's tables.

Commands come as frames over a Unix socket, wait in one bounded queue, and are booked batch by batch.
"""

import asyncio
import gc
import signal
import sys

import structlog

from services.transactions.settings import TransactionsSettings
from services.transactions.store.anchor import Anchor
from services.transactions.store.start_checks import open_anchor, open_ledger
from services.transactions.writing.frames import FrameServer
from services.transactions.writing.intake import Intake, StepUpReader
from services.transactions.writing.queue import WriterQueue
from shared.clients.identity import make_verifier
from shared.clients.jwks import KeySet
from shared.clients.step_up import read_step_up
from shared.clients.tokens import ServiceTokenSource
from shared.clock import now
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.observability.ops import OpsServer
from shared.observability.tracing import configure_tracing
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.store.witness import Witness

_log = structlog.get_logger("bank.ledger.writer")


def settle_memory() -> None:
    """Let the cyclic collector look seldom: a batch leaves no cycles, and looking for them took a fifth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def step_up_reader(keys: KeySet) -> StepUpReader:
    """Read step-up tokens with identity's keys."""
    return lambda raw, caller: read_step_up(raw, caller=caller, keys=keys, now=now())


async def serve(settings: TransactionsSettings, store: Store, anchor: Anchor | None) -> int:
    """Book until SIGTERM or SIGINT, then answer what waits and end; gives 1 if the booking thread ended by itself.

    :raises FaultAtStart: if the socket or the port for health cannot be had
    """
    verifier, poller = make_verifier(settings, ServiceTokenSource(settings))
    queue = WriterQueue(store, limit=settings.queue_limit, batch_postings=settings.batch_postings, anchor=anchor)
    intake = Intake(verifier, settings.rules, step_up_reader(KeySet.of_identity(settings)))
    server = FrameServer(settings.socket_path, intake, queue, Witness(store))
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    ops = OpsServer(settings.host, settings.writer_ops_port, ready=lambda: not asked.is_set() and store.answers())
    await server.start()
    poller.start()
    queue.start(on_end=lambda: loop.call_soon_threadsafe(asked.set))
    ops.start()
    settle_memory()
    _log.info("writer.ready", socket=str(settings.socket_path))
    try:
        await asked.wait()
    finally:
        broken = not queue.is_alive()
        await server.stop()
        await asyncio.to_thread(queue.stop)
        await server.close()
        poller.stop()
        ops.stop()
    if broken:
        _log.error("writer.broken")
    return int(broken)


def main() -> int:
    """Run the writer; one clear line and status 1 when it cannot start."""
    try:
        settings = load(TransactionsSettings)
        configure_logging("transactions-writer", settings.log_level)
        configure_tracing("transactions-writer", settings)
        store = open_ledger(settings.store_url)
        lock = lock_of(store, "writer")
        lock.acquire()
        anchor = open_anchor(store)
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    try:
        return asyncio.run(serve(settings, store, anchor))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    finally:
        if anchor is not None:
            anchor.close()
        store.close()
        lock.release()


if __name__ == "__main__":
    raise SystemExit(main())
