"""Who listens where replicas share a PostgreSQL store: the one whose connection holds an advisory lock.

The server gives the lock back when that connection ends, however its process died; another replica then takes over.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from threading import Event

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from shared.store.engine import Store
from shared.store.postgres import lock_number

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0
"""How often a waiting replica tries, and the leading one makes sure that it still leads."""


class Leading:
    """Tries to lead until told to stop, and does the work of a term while it does."""

    def __init__(self, store: Store, work: Callable[[], AbstractContextManager[object]], stopping: Event) -> None:
        """Name the work of a term: entered when this process begins to lead, left when it no longer does."""
        self._store = store
        self._work = work
        self._stopping = stopping
        self._number = {"number": lock_number(store.service, "listener")}

    def run(self) -> None:
        """Wait, lead, wait again; ends soon after `stopping` is set."""
        while not self._stopping.is_set():
            with suppress(SQLAlchemyError), self._store.apart.connect() as connection:
                self._wait_and_lead(connection)
            self._stopping.wait(LOOK_SECONDS)  # the store went away; it comes back

    def _wait_and_lead(self, connection: Connection) -> None:
        while not connection.execute(text("SELECT pg_try_advisory_lock(:number)"), self._number).scalar():
            if self._stopping.wait(LOOK_SECONDS):
                return
        log.info("listener-leads", service=self._store.service)
        with self._work():
            while not self._stopping.wait(LOOK_SECONDS):
                connection.execute(text("SELECT 1"))  # raises when the connection, and with it the lock, is gone
        connection.execute(text("SELECT pg_advisory_unlock(:number)"), self._number)
