"""The relay: publishes committed facts to Redis in order, and clears the outbox of what is older than it is kept.

It works behind the commit, in its own thread, so a Redis that is down delays facts and never a commit.
"""

import re
from datetime import timedelta
from threading import Event
from time import monotonic

import redis
import structlog
from sqlalchemy import delete, func, insert, select, update

from shared.clock import now, now_ns
from shared.observability.context import accept_traceparent
from shared.observability.tracing import is_recording, record_span
from shared.store.doorbell import Doorbell
from shared.store.engine import Store
from shared.store.outbox import LANE, Head
from shared.store.outbox_queries import head, oldest_sequence
from shared.streams.channel import connect_redis, stream_name
from shared.streams.dead_letters import count_dead_letters
from shared.streams.metrics import DEAD_LETTERS, OUTBOX_AGE, OUTBOX_LAG, STREAM_ERRORS

log = structlog.get_logger(__name__)

STREAM_LENGTH = 100_000
KEPT = timedelta(days=30)
"""How long the outbox keeps facts; a consumer that was away for longer rebuilds from a snapshot."""

BATCH_FACTS = 500
PURGE_SECONDS = 3600.0
COUNT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 2.0
GATHER_SECONDS = 0.02
"""Between two publications while facts keep coming: a fact after a pause goes out at once, a storm in handfuls."""

_IDLE_SECONDS = 1.0
_TRACE = re.compile(r'"traceparent":"([0-9a-f-]{55})","type":')
"""In the canonical envelope the members are sorted, and `data` comes long before: nothing else matches."""


class Relay:
    """Publishes one service's outbox until it is told to stop."""

    def __init__(self, store: Store, *, redis_url: str, stopping: Event) -> None:
        """Relay for this store; nothing happens before `run`."""
        self._store = store
        self._redis = connect_redis(redis_url)
        self._stopping = stopping
        self._stream = stream_name(store.service)
        self._sent: int | None = None
        self._saved = 0
        self._save_at = 0.0
        self._purge_at = 0.0
        self._count_at = 0.0
        self._sent_at = 0.0
        self._wait = 0.1

    def run(self) -> None:
        """Relay; ends soon after `stopping` is set and the bell is rung."""
        bell = Doorbell(self._store.path) if self._store.is_sqlite else None
        try:
            while not self._stopping.is_set():
                more = self._turn()
                if more:
                    continue
                self._stopping.wait(max(0.0, self._sent_at + GATHER_SECONDS - monotonic()))
                if bell is not None:
                    bell.wait(_IDLE_SECONDS)
                else:
                    self._stopping.wait(0.1)  # no bell on PostgreSQL: commits come from other machines too
            self._save()
        except Exception as fault:  # noqa: BLE001 - the position is only a hint: consumers drop what comes twice
            log.warning("relay-position-unsaved", error=type(fault).__name__)
        finally:
            if bell is not None:
                bell.close()
            self._redis.close()
            # Another replica may relay from now on: this one knows of no lag any more.
            OUTBOX_LAG.labels(self._store.service).set(0)
            OUTBOX_AGE.labels(self._store.service).set(0)

    def _turn(self) -> bool:
        """Do what is due; True when there is more to relay at once."""
        try:
            count = self._relay()
            if monotonic() >= self._save_at:
                self._save()
            if monotonic() >= self._purge_at:
                self._purge()
            if monotonic() >= self._count_at:
                self._count()
        except Exception as fault:  # noqa: BLE001 - the thread lives as long as its process
            kind = "redis" if isinstance(fault, (redis.RedisError, OSError)) else "relay"
            STREAM_ERRORS.labels(self._store.service, self._store.service, kind).inc()
            log.warning("relay-error", kind=kind, error=type(fault).__name__)
            self._stopping.wait(self._wait)
            self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
            return True
        self._wait = 0.1
        return count == BATCH_FACTS

    def _relay(self) -> int:
        outbox, position = self._store.plumbing.outbox, self._store.plumbing.relay_position
        with self._store.read() as session:
            if self._sent is None:
                query = select(position.c.sequence).where(position.c.lane == LANE)
                self._saved = self._sent = session.execute(query).scalar() or 0
            newest = head(session)
            OUTBOX_LAG.labels(self._store.service).set(max(0, newest.sequence - self._sent))
            rows = session.execute(
                select(outbox.c.sequence, outbox.c.envelope, outbox.c.created_at)
                .where(outbox.c.lane == LANE, outbox.c.sequence > self._sent)
                .order_by(outbox.c.sequence)
                .limit(BATCH_FACTS)
            ).all()
        OUTBOX_AGE.labels(self._store.service).set((now() - rows[0][2]).total_seconds() if rows else 0)
        if not rows:
            return 0
        began_ns = now_ns()
        pipe = self._redis.pipeline(transaction=False)
        for _sequence, envelope, _created_at in rows:
            pipe.xadd(self._stream, {"envelope": envelope}, maxlen=STREAM_LENGTH, approximate=True)
        pipe.execute()
        self._sent, self._sent_at = int(rows[-1][0]), monotonic()
        OUTBOX_LAG.labels(self._store.service).set(max(0, newest.sequence - self._sent))
        OUTBOX_AGE.labels(self._store.service).set(0)
        if is_recording():
            self._record(began_ns, [envelope for _, envelope, _ in rows])
        return len(rows)

    def _record(self, began_ns: int, envelopes: list[str]) -> None:
        """Record that facts were relayed, each in the trace of its request."""
        for envelope in envelopes:
            found = _TRACE.search(envelope)
            if found is not None:
                record_span(
                    f"relay {self._stream}",
                    traceparent=accept_traceparent(found[1]),
                    parent=found[1],
                    kind="PRODUCER",
                    began_ns=began_ns,
                    attributes={"messaging.destination.name": self._stream},
                )

    def _count(self) -> None:
        """Count the dead letters: they are looked at from here, where something runs in every service."""
        with self._store.read() as session:
            DEAD_LETTERS.labels(self._store.service).set(count_dead_letters(session))
        self._count_at = monotonic() + COUNT_SECONDS

    def _save(self) -> None:
        """Keep the position, at most once a second: a commit per fact would take the store's writers' time."""
        if self._sent is None or self._sent == self._saved:
            return
        table, sent = self._store.plumbing.relay_position, self._sent
        with self._store.write(alone=False) as session:
            epoch = head(session).epoch
            values = {"epoch": epoch, "sequence": sent}
            moved = session.execute(update(table).where(table.c.lane == LANE).values(**values))
            if moved.rowcount == 0:  # type: ignore[attr-defined]
                session.execute(insert(table), [{"lane": LANE, **values}])
        self._saved, self._save_at = sent, monotonic() + _IDLE_SECONDS

    def _purge(self) -> None:
        """Delete relayed facts that are older than they are kept, in small transactions; the last fact stays."""
        outbox, cutoff = self._store.plumbing.outbox, now() - KEPT
        with self._store.read() as session:
            newest: Head = head(session)
            last = session.execute(
                select(func.max(outbox.c.sequence)).where(
                    outbox.c.lane == LANE,
                    outbox.c.created_at < cutoff,
                    outbox.c.sequence < newest.sequence,
                    outbox.c.sequence <= self._saved,
                )
            ).scalar()
            oldest = oldest_sequence(session)
        while last is not None and oldest is not None and oldest <= last and not self._stopping.is_set():
            upto = min(oldest + BATCH_FACTS - 1, last)
            with self._store.write(alone=False) as session:
                session.execute(delete(outbox).where(outbox.c.lane == LANE, outbox.c.sequence <= upto))
            oldest = upto + 1
        self._purge_at = monotonic() + PURGE_SECONDS
