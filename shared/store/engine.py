"""A service's store: write transactions one after another, a pool that reads, durable at every commit.

SQLite runs in WAL with `synchronous=FULL`: with NORMAL a power cut loses commits that were already acknowledged.
PostgreSQL is in `postgres.py`.
"""

import importlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from shared.errors import FaultAtStart, Unavailable
from shared.store.bank_clock import follow_bank_clock
from shared.store.doorbell import ring
from shared.store.plumbing import Plumbing
from shared.store.postgres import is_postgres, open_engines, take_turn

BUSY_SECONDS = 5.0
"""How long a write transaction waits for its turn."""
_LOOK_AGAIN_SECONDS = 0.0005
"""SQLite's own wait looks again after 1, 2, 5, 10, 15 … 100 ms: next to a worker of many short transactions what people
wait for came long after its turn. A look costs some microseconds."""
_BUSY = 5
_AFTER_COMMIT = "after_commit"
_CLOCK_SECONDS = 1.0
"""How old the bank's time of a process may be that did not move it itself."""
_BEFORE_COMMIT = "before_commit"
_FACTS_APPENDED = "facts_appended"
_PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "wal_autocheckpoint=8000",  # 32 MB: at the default of 4 the ledger's writer spends a tenth of its time on it
)


def check_sqlite(version: tuple[int, int, int]) -> None:
    """Refuse a SQLite whose WAL can lose committed data when a checkpoint races a commit (3.7.0 to 3.51.2).

    :raises FaultAtStart: with the version and what to install
    """
    if (3, 7, 0) <= version <= (3, 51, 2):
        found = ".".join(map(str, version))
        raise FaultAtStart(
            f"SQLite {found} can lose committed data in WAL mode (3.7.0 to 3.51.2 are affected); "
            "install the pysqlite3 wheel of the lock file, which brings a mended one."
        )


def after_commit(session: Session, callback: Callable[[], None]) -> None:
    """Run something once the session's transaction is durable; it must not raise."""
    session.info.setdefault(_AFTER_COMMIT, []).append(callback)


def before_commit(session: Session, callback: Callable[[], None]) -> None:
    """Run something as the last work of the session's transaction: what many effects gathered is written as one set."""
    session.info.setdefault(_BEFORE_COMMIT, []).append(callback)


def ring_after_commit(session: Session) -> None:
    """Wake the relay once the session's transaction is durable."""
    session.info[_FACTS_APPENDED] = True


class Store:
    """The one store of one service; nobody else opens it."""

    def __init__(self, url: str, *, service: str, plumbing: Plumbing, sqlite_module: str | None = None) -> None:
        """Open the store's engines; nothing is read yet.

        The SQLite driver is the pysqlite3 wheel unless BANK_SQLITE_MODULE names another one.

        :raises FaultAtStart: if the SQLite library is one that loses commits
        """
        self.service = service
        self.plumbing = plumbing
        self._clock_due = 0.0
        self.url = make_url(url)
        self.path = Path(self.url.database or "") if self.is_sqlite else Path()
        """The file of a SQLite store; on PostgreSQL nothing lies beside the store."""
        if self.is_sqlite:
            driver = sqlite_module or os.environ.get("BANK_SQLITE_MODULE", "pysqlite3")
            module = importlib.import_module(f"{driver}.dbapi2")
            check_sqlite(module.sqlite_version_info)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.writer = _sqlite_engine(url, module, writes=True, pool_size=1)
            self.reader = _sqlite_engine(url, module, writes=False, pool_size=8)
            self.apart = self.writer
        else:
            if not is_postgres(self.url):
                raise FaultAtStart(f"The store of {service} must be sqlite:// or postgresql://.")
            self.writer, self.reader, self.apart = open_engines(self.url, service)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the store is a file."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self, *, alone: bool = True) -> Iterator[Session]:
        """Open the one write transaction of a use case; it commits at the end or leaves nothing behind.

        Write transactions come one after another: what is read here is what is written on, from however many
        processes. `alone=False` is for what takes its own row locks on PostgreSQL; SQLite has one writer anyway.

        :raises Unavailable: if the store stays busy
        """
        self.follow_clock()
        with Session(self.writer, expire_on_commit=False) as session:
            session.info["store"] = self
            try:
                session.connection()  # BEGIN IMMEDIATE now
                if alone and not self.is_sqlite:
                    take_turn(session, self.service)
            except (PoolTimeout, OperationalError) as busy:
                raise Unavailable(f"The store of {self.service} is busy.", retry_after_seconds=1) from busy
            yield session
            for callback in session.info.pop(_BEFORE_COMMIT, []):
                callback()
            session.commit()
            if session.info.pop(_FACTS_APPENDED, False):
                self.ring()
            for callback in session.info.pop(_AFTER_COMMIT, []):
                callback()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a read-only snapshot."""
        self.follow_clock()
        with Session(self.reader, expire_on_commit=False) as session:
            session.info["store"] = self
            yield session

    def follow_clock(self) -> None:
        """Take the bank's time over from the store, at most once a second: every process of a service has the same."""
        at = time.monotonic()
        if at >= self._clock_due:
            self._clock_due = at + _CLOCK_SECONDS
            follow_bank_clock(self.reader, self.plumbing.bank_clock)

    def ring(self) -> None:
        """Wake the relay."""
        if self.is_sqlite:
            ring(self.path)

    def ping(self) -> None:
        """Ask the store for something small; raises what the driver raises if it does not answer."""
        with self.reader.connect() as connection:
            connection.execute(text("SELECT 1"))

    def answers(self) -> bool:
        """Tell whether the store answers."""
        try:
            self.ping()
        except Exception:  # noqa: BLE001 (whatever the driver raises, the store does not answer)
            return False
        return True

    def close(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def _sqlite_engine(url: str, module: Any, *, writes: bool, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        module=module,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # the message of a failed statement ends in logs: it must not repeat a person's data
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if writes:
            _begin_in_turn(connection, module)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_in_turn(connection: Any, module: Any) -> None:
    """Begin a write transaction as soon as whoever writes now is done.

    :raises OperationalError: if that takes longer than `BUSY_SECONDS`
    """
    raw, until = connection.connection.dbapi_connection, time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(raw, module):
            if time.monotonic() > until:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # raises, as SQLAlchemy's error
                return
            time.sleep(_LOOK_AGAIN_SECONDS)
    finally:
        raw.execute(f"PRAGMA {_PRAGMAS[0]}")


def _has_begun(raw: Any, module: Any) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE")
    except module.OperationalError as busy:
        if busy.sqlite_errorcode & 0xFF != _BUSY:
            raise
        return False
    return True
