"""The writer's bounded queue and the one thread that empties it, batch by batch."""

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog

from services.transactions.store.anchor import Anchor
from services.transactions.writing.acknowledging import Acknowledger, Committed
from services.transactions.writing.batch import commit_batch
from services.transactions.writing.expiry import AT_ONCE, expire_due_holds
from services.transactions.writing.metrics import QUEUE_DEPTH
from services.transactions.writing.submission import Submission
from shared.clock import now
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.purge import PORTION, purge_answers

_EXPIRY_SECONDS = 1.0
_PURGE_SECONDS = 60.0
"""How long until it is looked again for old answers; while there are, a portion of them goes each second."""
GATHER_SECONDS = 0.008
"""How far apart two batches begin while several commands come at once: a commit costs the same for three as for thirty.
Who is alone never waits. PostgreSQL does the same by `commit_delay`, when `commit_siblings` are there."""
_log = structlog.get_logger("bank.ledger.queue")


class QueueFull(Unavailable):
    """More commands wait than the writer can take; nothing was booked."""

    code = "transactions.queue-full"


class WriterQueue:
    """Takes commands from many, gives them to the batch in the order they came."""

    def __init__(self, store: Store, *, limit: int, batch_postings: int, anchor: Anchor | None = None) -> None:
        """Name the store, how many may wait, how many postings one commit takes, and the (opened) anchor."""
        self._store = store
        self._acknowledger = Acknowledger(anchor)
        self._limit = limit
        self._batch_postings = batch_postings
        self._waiting: deque[Submission] = deque()
        self._arrived = threading.Condition()
        self._stopping = False
        self._gather_until = 0.0
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)

    def start(self, on_end: Callable[[], object]) -> None:
        """Begin to empty the queue; `on_end` runs if the thread ends, which only `stop` should make it do."""
        self._on_end = on_end
        self._acknowledger.start(on_end)
        self._thread.start()

    def submit(self, submission: Submission) -> None:
        """Put a command at the end of the queue.

        :raises QueueFull: if too many wait, or the writer is about to stop
        """
        with self._arrived:
            if self._stopping or len(self._waiting) >= self._limit:
                raise QueueFull("The ledger's queue is full; nothing was booked.", retry_after_seconds=1)
            self._waiting.append(submission)
            self._arrived.notify()

    def is_alive(self) -> bool:
        """Tell whether the queue is being emptied and its commands are answered."""
        return self._thread.is_alive() and self._acknowledger.is_alive()

    def stop(self) -> None:
        """Take no more, answer what waits, end."""
        with self._arrived:
            self._stopping = True
            self._arrived.notify()
        self._thread.join()
        self._acknowledger.stop()

    def _next(self) -> list[Submission]:
        """Give what waits, up to one batch; nothing after a second in which nothing came."""
        with self._arrived:
            if not self._waiting and not self._stopping:
                self._arrived.wait(_EXPIRY_SECONDS)
        time.sleep(max(0.0, self._gather_until - time.monotonic()))
        taken: list[Submission] = []
        postings = 0
        with self._arrived:
            while self._waiting and (not taken or postings + self._waiting[0].postings <= self._batch_postings):
                postings += self._waiting[0].postings
                taken.append(self._waiting.popleft())
            QUEUE_DEPTH.set(len(self._waiting))
        self._gather_until = time.monotonic() + GATHER_SECONDS if len(taken) > 1 else 0.0
        return taken

    def _run(self) -> None:
        try:
            looked = time.monotonic()
            purge_due = looked
            while not self._stopping or self._waiting:
                if batch := self._next():
                    newest: list[tuple[int, str]] = []
                    answers = commit_batch(self._store, batch, newest.append)
                    self._acknowledger.take(Committed(batch, answers, newest[-1] if newest else None))
                if time.monotonic() - looked >= _EXPIRY_SECONDS:
                    self._expire()
                    looked = time.monotonic()
                if looked >= purge_due:
                    purge_due = looked + (_EXPIRY_SECONDS if self._purge() else _PURGE_SECONDS)
        finally:
            self._on_end()

    def _expire(self) -> None:
        """End holds whose time is over; a store that is busy or full now is asked again a second later."""
        try:
            while not self._stopping and expire_due_holds(self._store) == AT_ONCE:
                pass
        except Exception as broken:  # noqa: BLE001 (the writer's thread must outlive whatever this was)
            _log.error("expiry.failed", exc_info=broken)

    def _purge(self) -> bool:
        """Delete a portion of the answers whose time is over, since only this process writes them; True if more are."""
        try:
            return purge_answers(self._store, now=now(), portions=1) >= PORTION
        except Exception as broken:  # noqa: BLE001 (as above: the next time comes)
            _log.error("purge.failed", exc_info=broken)
            return False
