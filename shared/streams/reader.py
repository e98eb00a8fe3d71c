"""Following one publisher: the stream says quickly what is new, the publisher itself says what is true.

Stream entries that follow the cursor are applied; a gap, a doubt or silence leads to `GET /internal/events`. So a
flushed, trimmed or absent Redis delays facts and loses none.
"""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event
from time import monotonic
from typing import Any, cast

import redis
import structlog
from pydantic import ValidationError

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.streams.applying import Applier, Stopped
from shared.streams.bank_clock import take_snapshot
from shared.streams.channel import BLOCK_SECONDS, connect_redis, stream_name
from shared.streams.cursors import Cursor, CursorMoved, read_cursor, save_cursor
from shared.streams.metrics import STREAM_BEHIND, STREAM_ERRORS, STREAM_FACTS, STREAM_HELD, STREAM_SYNCED
from shared.streams.priority import give_way
from shared.streams.source import EventsPage, PublisherSource
from shared.streams.subscription import Subscription

log = structlog.get_logger(__name__)

SAFETY_POLL_SECONDS = 5.0
"""How often the publisher is asked although the stream is quiet: a flush may have taken the last entries."""

POLL_SECONDS = 2.0
"""How often it is asked while Redis is down."""

GATHER_SECONDS = 0.1
"""Facts that follow each other faster are taken together: each durable commit of a reader makes the ledger's wait."""

READ_ENTRIES = 500
HELD_LOOK_SECONDS = 1.0
_FIRST_RETRY_SECONDS = 0.25


def doubt(cursor: Cursor, page: EventsPage) -> str | None:
    """Say why the publisher's history does not continue what we applied, None when it does. Pure."""
    if cursor.epoch == 0:
        return None
    if page.epoch < cursor.epoch:
        return "the publisher is in an older epoch than we are"
    if page.epoch > cursor.epoch and page.parent_sequence < cursor.sequence:
        return "a new epoch begins below what we applied"
    if page.head_sequence < cursor.sequence:
        return "the publisher's head lies below what we applied"
    if page.head_sequence == cursor.sequence and page.head_hash != cursor.hash:
        return "the publisher's head is not the fact that we applied"
    first = page.events[0] if page.events else None
    if first and first.sequence == cursor.sequence + 1 and first.previoushash != cursor.hash:
        return "the publisher's chain does not contain what we applied"
    return None


class PublisherReader:
    """Reads one publisher in a thread of its own until it is told to stop."""

    def __init__(
        self, store: Store, subscription: Subscription, source: PublisherSource, *, redis_url: str, stopping: Event
    ) -> None:
        """Read for this store; nothing happens before `run`."""
        self._store = store
        self._subscription = subscription
        self._source = source
        self._redis = connect_redis(redis_url)
        self._stream = stream_name(subscription.publisher)
        self._stopping = stopping
        self._applier = Applier(store, subscription, stopping)
        self._cursor = Cursor(subscription.publisher)
        self._last_id: str | None = None
        self._redis_down = False
        self._ask_at = 0.0
        self._took_at = 0.0
        self._retry_seconds = _FIRST_RETRY_SECONDS
        self._labels = (store.service, subscription.publisher)

    def run(self) -> None:
        """Follow the publisher; ends soon after `stopping` is set."""
        give_way()
        STREAM_HELD.labels(*self._labels).set(0)
        STREAM_ERRORS.labels(*self._labels, "listener")  # a series that is there can be seen to stay at zero
        while not self._stopping.is_set():
            try:
                if monotonic() >= self._ask_at:
                    self._synchronise()
                if not self._cursor.held:
                    self._listen()
                elif not self._stopping.wait(HELD_LOOK_SECONDS):
                    self._ask_at = 0.0
            except Stopped:
                break
            except CursorMoved:
                self._ask_at = 0.0
            except Exception as fault:  # noqa: BLE001 - the thread lives as long as its process
                self._failed("listener", fault)
                self._stopping.wait(_FIRST_RETRY_SECONDS)
        self._redis.close()

    def _synchronise(self) -> None:
        """Note the stream's end, then pull until caught up: what comes after the note is read from the stream."""
        noted = self._stream_end()
        try:
            self._catch_up()
        except Unavailable as fault:
            self._failed("publisher", fault)
            self._last_id = self._last_id or noted
            return
        self._retry_seconds = _FIRST_RETRY_SECONDS
        self._last_id = noted or self._last_id
        self._ask_at = monotonic() + (POLL_SECONDS if self._redis_down else SAFETY_POLL_SECONDS)

    def _failed(self, kind: str, fault: Exception) -> None:
        STREAM_ERRORS.labels(*self._labels, kind).inc()
        log.warning("stream-error", publisher=self._subscription.publisher, kind=kind, error=type(fault).__name__)
        self._ask_at = monotonic() + self._retry_seconds
        self._retry_seconds = min(self._retry_seconds * 2, POLL_SECONDS)

    def _stream_end(self) -> str | None:
        try:
            newest = cast("list[tuple[str, Any]]", self._redis.xrevrange(self._stream, count=1))
        except (redis.RedisError, OSError) as fault:
            self._lost_redis(fault)
            return None
        if self._redis_down:
            log.info("redis-back", publisher=self._subscription.publisher)
        self._redis_down = False
        return newest[0][0] if newest else "0-0"

    def _lost_redis(self, fault: Exception) -> None:
        if not self._redis_down:
            log.warning("redis-down", publisher=self._subscription.publisher, error=type(fault).__name__)
        self._redis_down = True
        STREAM_ERRORS.labels(*self._labels, "redis").inc()
        self._ask_at = min(self._ask_at, monotonic() + POLL_SECONDS)

    def _listen(self) -> None:
        """Wait for stream entries until the publisher is to be asked again, and take them."""
        self._stopping.wait(max(0.0, self._took_at + GATHER_SECONDS - monotonic()))
        seconds = min(BLOCK_SECONDS, self._ask_at - monotonic())
        if seconds <= 0:
            return
        if self._redis_down or self._last_id is None:
            self._stopping.wait(seconds)
            return
        try:
            answer = self._redis.xread(
                {self._stream: self._last_id}, count=READ_ENTRIES, block=max(1, int(seconds * 1000))
            )
        except (redis.RedisError, OSError) as fault:
            self._lost_redis(fault)
            return
        entries = _entries(answer)
        if entries:
            self._take_entries(entries)

    def _take_entries(self, entries: Sequence[tuple[str, dict[str, str]]]) -> None:
        envelopes = []
        for entry_id, fields in entries:
            try:
                envelopes.append(Envelope.model_validate_json(fields.get("envelope", "")))
            except ValidationError:  # not a record, so nothing is lost: the publisher is asked instead
                log.warning("stream-entry-unreadable", publisher=self._subscription.publisher, entry=entry_id)
                self._ask_at = 0.0
        clean = self._take(envelopes)
        self._took_at = monotonic()
        if clean and len(entries) < READ_ENTRIES:
            self._synced()
        self._last_id = entries[-1][0]
        self._ask_at = monotonic() + SAFETY_POLL_SECONDS if clean and self._ask_at else 0.0

    def _take(self, envelopes: Sequence[Envelope]) -> bool:
        """Apply what follows the cursor; False when something else than a duplicate is among it."""
        run: list[Envelope] = []
        at, clean = self._cursor, True
        for envelope in envelopes:
            if envelope.epoch < at.epoch or (envelope.epoch == at.epoch and envelope.sequence <= at.sequence):
                STREAM_FACTS.labels(*self._labels, "duplicate").inc()
            elif envelope.epoch == at.epoch and at.comes_next(envelope):
                run.append(envelope)
                at = at.after(envelope)
            else:
                clean = False
                break
        self._applier.apply(run, self._cursor, self._moved)
        return clean

    def _moved(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def _catch_up(self) -> None:
        while not self._stopping.is_set():
            with self._store.read() as session:
                self._cursor = read_cursor(session, self._subscription.publisher)
            STREAM_HELD.labels(*self._labels).set(int(self._cursor.held))
            if self._cursor.held:
                return
            page = self._source.events_after(self._cursor.sequence)
            if page is None:
                self._rebuild()
                continue
            reason = doubt(self._cursor, page)
            if reason:
                self._hold(reason)
                return
            self._take_page(page)
            behind = max(0, page.head_sequence - self._cursor.sequence)
            STREAM_BEHIND.labels(*self._labels).set(behind)
            if not behind:
                self._synced()
            if not page.events or self._cursor.sequence >= page.head_sequence:
                return

    def _synced(self) -> None:
        STREAM_BEHIND.labels(*self._labels).set(0)
        STREAM_SYNCED.labels(*self._labels).set(now().timestamp())

    def _take_page(self, page: EventsPage) -> None:
        at = self._cursor
        for envelope in page.events:
            if not at.comes_next(envelope) or envelope.epoch < at.epoch:
                raise Unavailable(f"{self._subscription.publisher} answered facts that do not follow each other.")
            at = at.after(envelope)
        self._applier.apply(page.events, self._cursor, self._moved)

    def _hold(self, reason: str) -> None:
        """Stop consuming until the cursor row says otherwise: our effects may contradict the publisher's history."""
        held = replace(self._cursor, held=True)
        with self._store.write() as session:
            save_cursor(session, held, expected=self._cursor)
        self._cursor = held
        STREAM_HELD.labels(*self._labels).set(1)
        log.error("publisher-held", publisher=held.publisher, reason=reason, epoch=held.epoch, sequence=held.sequence)

    def _rebuild(self) -> None:
        """Start anew from the publisher's snapshot: our cursor is older than the facts it keeps."""
        snapshot = self._source.snapshot()
        head = snapshot["head"]
        cursor = replace(self._cursor, epoch=head["epoch"], sequence=head["sequence"], hash=head["hash"])
        with self._store.write() as session:
            save_cursor(session, cursor, expected=self._cursor)
            take_snapshot(session, snapshot)
            if self._subscription.rebuild is not None:
                self._subscription.rebuild(session, snapshot)
        self._cursor = cursor
        log.warning("publisher-rebuilt", publisher=cursor.publisher, epoch=cursor.epoch, sequence=cursor.sequence)


def _entries(answer: Any) -> list[tuple[str, dict[str, str]]]:
    """Read XREAD's answer for one stream: a list of pairs under RESP2, a mapping under RESP3."""
    found: list[Any] = next(
        iter(answer.values() if isinstance(answer, dict) else (pair[1] for pair in answer or [])), []
    )
    return found[0] if found and isinstance(found[0], list) else found
