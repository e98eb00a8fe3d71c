"""The doorbell of a store: whoever commits facts rings, the relay wakes. A missed ring only delays.

A Unix datagram socket beside the store's file works between threads and between processes of one machine.
"""

import contextlib
import os
import select
import socket
import tempfile
from hashlib import sha256
from pathlib import Path


def bell_path(store_path: Path) -> Path:
    """Give the place of a store's bell. Socket paths are limited to 107 bytes, so a long one moves."""
    path = store_path.with_suffix(".bell")
    if len(os.fsencode(path)) <= 100:
        return path
    return Path(tempfile.gettempdir()) / f"strongroom-{os.getuid()}-{sha256(os.fsencode(path)).hexdigest()[:24]}.bell"


def ring(store_path: Path) -> None:
    """Wake the relay, if one listens; never blocks, never fails."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        bell.sendto(b"!", str(bell_path(store_path)))


class Doorbell:
    """The relay's side of the bell."""

    def __init__(self, store_path: Path) -> None:
        """Hang up the bell; a left-over one of a dead process is taken down (the listener lock keeps it to one)."""
        self._path = bell_path(store_path)
        self._path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._path))
        self._socket.setblocking(False)

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until somebody rings; several rings count as one. False when the time ran out."""
        ready, _, _ = select.select([self._socket], [], [], timeout_seconds)
        if not ready:
            return False
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(64):
                pass
        return True

    def close(self) -> None:
        """Take the bell down."""
        self._socket.close()
        self._path.unlink(missing_ok=True)
