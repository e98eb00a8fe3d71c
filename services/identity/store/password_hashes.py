"""How passwords are kept: argon2id, a few at a time, and as slowly for nobody as for somebody."""

import os
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, get_native_id

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from shared.errors import Unavailable

_WAIT_SECONDS = 5
_NICENESS = 10


class PasswordHashes:
    """Makes and checks hashes. Each takes tens of milliseconds of a core: never call it inside a transaction."""

    def __init__(self, *, memory_kib: int, passes: int, at_once: int) -> None:
        """Set the cost, and how many hashes may be computed at one time."""
        self._scheme = PasswordHash((Argon2Hasher(memory_cost=memory_kib, time_cost=passes, parallelism=1),))
        self._places = BoundedSemaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, "argon2", initializer=_step_back)
        self._nobodys = self._scheme.hash(secrets.token_urlsafe(16))

    def make(self, password: str) -> str:
        """Hash a password with a new salt.

        :raises Unavailable: if too many are waiting
        """
        with self._place():
            return self._threads.submit(self._scheme.hash, password).result()

    def verify(self, password: str, known: str | None) -> tuple[bool, str | None]:
        """Tell whether a password fits, with a new hash if the known one was made at another cost.

        `known` is None when nobody has the address: it takes as long, so that time does not tell who banks here.

        :raises Unavailable: if too many are waiting
        """
        with self._place():
            fits, renewed = self._threads.submit(
                self._scheme.verify_and_update, password, known or self._nobodys
            ).result()
        return (fits, renewed) if known else (False, None)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_WAIT_SECONDS):
            raise Unavailable("Too many sign-ins at once.", retry_after_seconds=2)
        try:
            yield
        finally:
            self._places.release()


def _step_back() -> None:
    """Let everything else on the machine go first: a flood of sign-ins must not slow down who moves money.

    Linux counts a thread's niceness for itself; elsewhere there is none, and nothing changes. Who was started nicer
    than this may not come back up to it, and need not.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICENESS)
