"""One process of a kind per SQLite store: an flock that the kernel drops when its holder dies.

A PostgreSQL store is shared by replicas; only one listens, by an advisory lock (`leading.py` of the streams).
"""

import fcntl
import os
from pathlib import Path
from typing import Protocol

from shared.errors import FaultAtStart
from shared.store.engine import Store


class StoreLocked(FaultAtStart):
    """Another living process holds this kind of lock on the store."""


class StoreLock:
    """The lock `<store>.<kind>.lock`; kinds are api, writer and listener. Workers take none."""

    def __init__(self, store_path: Path, kind: str) -> None:
        """Name the lock; nothing is taken yet."""
        self.path = store_path.with_name(f"{store_path.name}.{kind}.lock")
        self._kind = kind
        self._fd: int | None = None

    def acquire(self) -> None:
        """Take the lock.

        :raises StoreLocked: if another process has it, naming its pid
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(fd, 32).decode(errors="replace").strip() or "unknown"
            os.close(fd)
            raise StoreLocked(
                f"The store {self.path.with_suffix('').with_suffix('')} is in use by another {self._kind} process "
                f"(pid {holder}); this one does not start."
            ) from None
        os.ftruncate(fd, 0)
        os.write(fd, str(os.getpid()).encode())
        self._fd = fd

    def release(self) -> None:
        """Give the lock back."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class ProcessLock(Protocol):
    """What keeps a second process of a kind away, where there must be none."""

    def acquire(self) -> None:
        """Take the lock."""

    def release(self) -> None:
        """Give the lock back."""


class _NoLock:
    def acquire(self) -> None:
        """Let everybody in: replicas share the store."""

    def release(self) -> None:
        """Have nothing to give back."""


def lock_of(store: Store, kind: str) -> ProcessLock:
    """Give the lock that a process of this kind takes on its store; kinds are api and writer."""
    return StoreLock(store.path, kind) if store.is_sqlite else _NoLock()
