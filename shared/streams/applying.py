"""Applying facts in order: effect and cursor in one transaction, poison to the dead letters, faults until they heal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from time import monotonic

import structlog
from sqlmodel import Session

from shared.contracts.envelope import Envelope
from shared.errors import Refusal
from shared.observability.context import request_context
from shared.observability.tracing import span
from shared.store.engine import Store
from shared.streams.cursors import Cursor, CursorMoved, save_cursor
from shared.streams.dead_letters import bury_fact
from shared.streams.metrics import STREAM_ERRORS, STREAM_FACTS
from shared.streams.subscription import FactUnreadable, Subscription

log = structlog.get_logger(__name__)

TRY_WAITS_SECONDS = (0.2, 0.5, 1.0, 2.0)
"""Between the five tries of a fact that is refused: together below five seconds."""

FAULT_WAIT_SECONDS = (0.1, 2.0)
"""The first and the longest wait after a fault."""

BATCH_FACTS = 250
BATCH_SECONDS = 0.025
"""A batch ends here, so that the store's write lock is held for less than 50 ms."""


class Stopped(Exception):
    """The door closes: leave at once, nothing is half done."""


class Applier:
    """Applies the facts of one publisher to one store."""

    def __init__(self, store: Store, subscription: Subscription, stopping: Event) -> None:
        """Apply with the handlers of this subscription until `stopping` is set."""
        self._store = store
        self._subscription = subscription
        self._stopping = stopping
        self._labels = (store.service, subscription.publisher)

    def apply(self, envelopes: Sequence[Envelope], cursor: Cursor, moved: Callable[[Cursor], None]) -> None:
        """Apply facts that follow the cursor without a gap; `moved` hears of each commit.

        :raises Stopped: if the door closes meanwhile
        :raises CursorMoved: if somebody else moved the cursor
        """
        rest = list(envelopes)
        while rest:
            if self._stopping.is_set():
                raise Stopped
            done = self._together(rest[:BATCH_FACTS], cursor)
            if not done:
                self._alone(rest[0], cursor)
                done = 1
            cursor, rest = cursor.after(rest[done - 1]), rest[done:]
            moved(cursor)

    def _together(self, envelopes: Sequence[Envelope], cursor: Cursor) -> int:
        """Apply what goes into one transaction and tell how many; 0 when the first one must be tried alone."""
        envelopes = envelopes[: next((i for i, one in enumerate(envelopes) if self._submits(one)), len(envelopes))]
        if not envelopes:
            return 0
        done, at, ends = 0, cursor, monotonic() + BATCH_SECONDS
        try:
            with self._store.write() as session:
                for envelope in envelopes:
                    self._consume(session, envelope)
                    done, at = done + 1, at.after(envelope)
                    if monotonic() > ends:
                        break
                # Once for all of them: if somebody else moved it meanwhile, none of these effects is kept.
                save_cursor(session, at, expected=cursor)
        except CursorMoved:
            raise
        except Exception:  # noqa: BLE001 - rolled back; the one that failed is tried alone, which tells why
            return self._together(envelopes[:done], cursor) if 0 < done < len(envelopes) else 0
        STREAM_FACTS.labels(*self._labels, "applied").inc(done)
        return done

    def _alone(self, envelope: Envelope, cursor: Cursor) -> None:
        """Apply one fact; refused five times it goes to the dead letters, a fault is retried without limit."""
        refused, wait = 0, FAULT_WAIT_SECONDS[0]
        why = ""
        while True:
            try:
                if refused > len(TRY_WAITS_SECONDS):
                    self._bury(envelope, cursor, why)
                    return
                self._submit(envelope)
                with self._store.write() as session:
                    self._effect(session, envelope, cursor)
            except CursorMoved:
                raise
            except (Refusal, FactUnreadable) as no:
                why = f"{no.code}: {no.detail}" if isinstance(no, Refusal) else str(no)
                refused += 1
                if refused <= len(TRY_WAITS_SECONDS):
                    self._pause(TRY_WAITS_SECONDS[refused - 1])
            except Exception as fault:  # noqa: BLE001 - whatever broke, the fact is not lost: the cursor has not moved
                STREAM_ERRORS.labels(*self._labels, "fault").inc()
                log.warning("fact-fault", fact=envelope.id, type=envelope.type, error=type(fault).__name__)
                self._pause(wait)
                wait = min(wait * 2, FAULT_WAIT_SECONDS[1])
            else:
                STREAM_FACTS.labels(*self._labels, "applied").inc()
                return

    def _effect(self, session: Session, envelope: Envelope, cursor: Cursor) -> None:
        # The cursor moves first: it guards the effect against a second listener, and on PostgreSQL it locks the row.
        save_cursor(session, cursor.after(envelope), expected=cursor)
        self._consume(session, envelope)

    def _consume(self, session: Session, envelope: Envelope) -> None:
        handler = self._subscription.handlers.get(envelope.type)
        if handler is not None:
            fact = handler.read(envelope)
            if handler.consume is not None:
                with _work_for(envelope):
                    handler.consume(session, fact, envelope)

    def _submits(self, envelope: Envelope) -> bool:
        handler = self._subscription.handlers.get(envelope.type)
        return handler is not None and handler.submit is not None

    def _submit(self, envelope: Envelope) -> None:
        handler = self._subscription.handlers.get(envelope.type)
        if handler is not None and handler.submit is not None:
            with _work_for(envelope):
                handler.submit(handler.read(envelope), envelope)

    def _bury(self, envelope: Envelope, cursor: Cursor, why: str) -> None:
        with self._store.write() as session:
            save_cursor(session, cursor.after(envelope), expected=cursor)
            bury_fact(session, self._subscription.publisher, envelope, why)
        STREAM_FACTS.labels(*self._labels, "dead").inc()
        log.error("fact-dead", fact=envelope.id, type=envelope.type, error=why.partition(":")[0])

    def _pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise Stopped


@contextmanager
def _work_for(envelope: Envelope) -> Iterator[None]:
    """Work for the request that the fact came from, as a span of its trace; a try that is rolled back is one, too."""
    with (
        request_context(request_id=envelope.requestid, traceparent=envelope.traceparent),
        span(f"consume {envelope.type}", kind="CONSUMER", attributes={"messaging.message.id": envelope.id}),
    ):
        yield
