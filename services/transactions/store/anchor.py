"""The ledger's anchor: how far the ledger had come, kept in a file outside the database.

Order of a booking: commit → anchor → answer. So the entry at the anchor exists whenever the store is the one that was
answered from; a store that is shorter was restored from an older copy, or lost. Two fixed slots are written in turn,
each with a checksum: a write that was cut off harms one slot, and the other still says where the ledger was before it.
"""

import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from shared.errors import FaultAtStart

_RECORD = struct.Struct(">8sQQ32s")
_MAGIC = b"SRANCHOR"
_SIZE = _RECORD.size + 32
SLOT_BYTES = 4096
"""Slots lie a page apart, so that no device writes both of them at once."""


class AnchorLost(Exception):
    """The anchor cannot be written: nothing may be answered that it does not cover."""


@dataclass(frozen=True, slots=True, order=True)
class AnchorPoint:
    """An entry that was booked durably: its epoch, its sequence, and its hash in hex."""

    epoch: int
    sequence: int
    hash: str


def anchor_path(store_path: Path) -> Path:
    """Give the place of a store's anchor."""
    return store_path.with_name(f"{store_path.name}.anchor")


def encode(point: AnchorPoint) -> bytes:
    """Write a point as the bytes of a slot."""
    content = _RECORD.pack(_MAGIC, point.epoch, point.sequence, bytes.fromhex(point.hash))
    return content + sha256(content).digest()


def decode(slot: bytes) -> AnchorPoint | None:
    """Read a slot; None for one that was never written, or whose write was cut off."""
    content, checksum = slot[: _RECORD.size], slot[_RECORD.size : _SIZE]
    if len(checksum) < 32 or sha256(content).digest() != checksum:
        return None
    magic, epoch, sequence, digest = _RECORD.unpack(content)
    return AnchorPoint(epoch, sequence, digest.hex()) if magic == _MAGIC else None


class Anchor:
    """The anchor of one store. Many may read it; only the writer, under its lock, opens it to advance it."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read or made yet."""
        self.path = path
        self._fd = -1
        self._slot = 0
        self._point: AnchorPoint | None = None

    def read(self) -> AnchorPoint | None:
        """Give the newest point that was written whole, None if there is none yet.

        :raises FaultAtStart: if the file is there and neither of its slots can be read
        """
        found = self._slots()
        points = [point for point in found if isinstance(point, AnchorPoint)]
        if not points and found.count(False) == len(found) > 0:
            raise FaultAtStart(
                f"The ledger's anchor {self.path} is damaged: neither of its slots can be read, so nobody can tell "
                "whether the store is complete."
            )
        return max(points, default=None)

    def _slots(self) -> list[AnchorPoint | bool]:
        """Give each slot: its point, True if nothing was ever written to it, False if it is damaged."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        slots = (content[:SLOT_BYTES], content[SLOT_BYTES : 2 * SLOT_BYTES])
        return [decode(slot) or (len(slot) == SLOT_BYTES and not any(slot)) for slot in slots]

    def open(self) -> None:
        """Begin to advance it; makes the file if there is none.

        :raises FaultAtStart: if it cannot be made or read
        """
        try:
            if not self.path.exists():
                self._make()
            self._point = self.read()
            slots = self._slots()
            # The slot that does not hold the newest point is the next to be written.
            self._slot = 1 if self._point is not None and slots[0] == self._point else 0
            self._fd = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as wrong:
            raise FaultAtStart(f"The ledger's anchor {self.path} cannot be opened: {wrong.strerror}.") from None

    def _make(self) -> None:
        """Make an empty anchor that is durable as a whole, under its name or not at all."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        fd = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(fd, bytes(2 * SLOT_BYTES), 0)
            os.fsync(fd)
        finally:
            os.close(fd)
        fresh.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def advance(self, sequence: int, entry_hash: str) -> None:
        """Move the anchor up to an entry, durably when this returns; a lower one changes nothing.

        :raises AnchorLost: if it could not be written
        """
        epoch = self._point.epoch if self._point else 1
        if self._point is not None and sequence <= self._point.sequence:
            return
        point = AnchorPoint(epoch, sequence, entry_hash)
        try:
            os.pwrite(self._fd, encode(point), self._slot * SLOT_BYTES)
            os.fdatasync(self._fd)
        except OSError as wrong:
            raise AnchorLost(f"The ledger's anchor {self.path} cannot be written: {wrong.strerror}.") from None
        self._point = point
        self._slot = 1 - self._slot

    def close(self) -> None:
        """Give the file back; it may be opened again."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
