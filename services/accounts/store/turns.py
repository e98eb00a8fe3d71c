"""One at a time: whoever works on a name has it alone, the others wait for their turn: in this process and, where
replicas share a PostgreSQL store, in all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.postgres import lock_number

_WAIT_SECONDS = 8.0  # shorter than a person's request lives, so that who waits in vain still gets an answer

_changed = Condition()
_taken: set[str] = set()


@contextmanager
def take_turn(store: Store, name: str) -> Iterator[None]:
    """Work on something that has this name while nobody else does.

    :raises Unavailable: if somebody else has it for too long
    """
    with _changed:
        if not _changed.wait_for(lambda: name not in _taken, timeout=_WAIT_SECONDS):
            raise Unavailable("Another request is at work on this.", retry_after_seconds=1)
        _taken.add(name)
    try:
        with _among_replicas(store, name):
            yield
    finally:
        with _changed:
            _taken.discard(name)
            _changed.notify_all()


@contextmanager
def _among_replicas(store: Store, name: str) -> Iterator[None]:
    if store.is_sqlite:  # one process has the store
        yield
        return
    number = {"number": lock_number(store.service, "turn", name)}
    with store.apart.connect() as connection:
        try:
            connection.execute(text(f"SET lock_timeout = '{_WAIT_SECONDS:.0f}s'"))
            connection.execute(text("SELECT pg_advisory_lock(:number)"), number)
        except OperationalError as waited:
            raise Unavailable("Another request is at work on this.", retry_after_seconds=1) from waited
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
