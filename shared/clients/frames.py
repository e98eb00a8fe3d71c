"""Frames: many requests over one connection to the ledger's writer, without an HTTP hop for each.

A frame is a 4-byte big-endian length and a msgpack list. It carries the raw bearer token: the writer verifies it
itself.
A command that was sent and not answered is sent again after a reconnect: its idempotency key (or its version) makes
that harmless.
"""

import asyncio
import contextlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgpack

from shared.errors import Unavailable

_LENGTH = struct.Struct(">I")
MAX_FRAME_BYTES = 4 * 2**20
"""A batch of 1,000 transfers is answered in about a mebibyte."""
MAX_UNSENT_BYTES = 8 * 2**20
"""What may wait in this process for a writer that does not read; one more command is answered 503."""

_TEXT = (str, type(None))
_KINDS: tuple[type | tuple[type, ...], ...] = (int, str, _TEXT, _TEXT, bytes, str, dict, _TEXT, _TEXT, bool)


@dataclass(frozen=True, slots=True)
class Frame:
    """One command: the policy row's `METHOD /path/{template}`, the ids in its path, the request's headers and body."""

    id: int
    route: str
    token: str | None
    key: str | None
    body: bytes
    request_id: str
    path_ids: Mapping[str, str] = field(default_factory=dict)
    deadline: str | None = None
    traceparent: str | None = None
    dry_run: bool = False

    def pack(self) -> bytes:
        """Write the frame.

        :raises ValueError: if it is longer than four mebibytes
        """
        content = [
            self.id, self.route, self.token, self.key, self.body,
            self.request_id, dict(self.path_ids), self.deadline, self.traceparent, self.dry_run,
        ]  # fmt: skip
        return _framed(content)

    @classmethod
    def unpack(cls, message: bytes) -> "Frame":
        """Read a frame.

        :raises ValueError: if it is not one
        """
        content = msgpack.unpackb(message)
        if not isinstance(content, list) or len(content) != len(_KINDS):
            raise ValueError("This is not a command frame.")
        if not all(isinstance(value, kinds) for value, kinds in zip(content, _KINDS, strict=True)):
            raise ValueError("A part of this frame is not of its type.")
        return cls(*content)


@dataclass(frozen=True, slots=True)
class FrameAnswer:
    """Status, JSON body and extra headers of an answer."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def pack_answer(frame_id: int, status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Write the answer to a frame."""
    return _framed([frame_id, status, body, dict(headers)])


def _framed(content: list[Any]) -> bytes:
    packed: bytes = msgpack.packb(content)
    if len(packed) > MAX_FRAME_BYTES:
        raise ValueError(f"A frame of {len(packed)} bytes is too long.")
    return _LENGTH.pack(len(packed)) + packed


async def read_frame(reader: asyncio.StreamReader) -> bytes | None:
    """Read the next message; None when the other side has closed between two.

    :raises ValueError: if it is longer than four mebibytes
    """
    try:
        head = await reader.readexactly(_LENGTH.size)
    except asyncio.IncompleteReadError as ended:
        if not ended.partial:
            return None
        raise
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise ValueError(f"A frame of {length} bytes is too long.")
    return await reader.readexactly(length)


class FrameClient:
    """One connection to the writer, shared by every request of this process."""

    def __init__(self, path: Path) -> None:
        """Name the writer's socket; the connection is made by the first call."""
        self._path = path
        self._next_id = 0
        self._waiting: dict[int, asyncio.Future[FrameAnswer]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._connecting = asyncio.Lock()
        self._reading: asyncio.Task[None] | None = None

    async def call(self, *, timeout_seconds: float, **command: Any) -> FrameAnswer:
        """Send a command (the fields of `Frame` without `id`) and wait for its answer, over reconnects if need be.

        :raises Unavailable: if there is no answer in time; whether it was booked is then unknown
        :raises ValueError: if the command is longer than a frame may be
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                while True:
                    with contextlib.suppress(OSError):  # no socket yet, nobody behind it, or he went away
                        return await self._call_once(command)
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise Unavailable("The ledger's writer does not answer in time.", retry_after_seconds=1) from None

    async def close(self) -> None:
        """Close the connection."""
        if self._reading is not None:
            self._reading.cancel()
        if self._writer is not None:
            self._writer.close()

    async def _call_once(self, command: dict[str, Any]) -> FrameAnswer:
        self._next_id += 1
        frame = Frame(id=self._next_id, **command)
        packed = frame.pack()
        writer = await self._connected()
        if writer.transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
            raise Unavailable("The ledger's writer takes nothing now.", retry_after_seconds=1)
        answer: asyncio.Future[FrameAnswer] = asyncio.get_running_loop().create_future()
        self._waiting[frame.id] = answer
        try:
            writer.write(packed)
            return await answer
        finally:
            self._waiting.pop(frame.id, None)

    async def _connected(self) -> asyncio.StreamWriter:
        async with self._connecting:
            if self._writer is None or self._writer.is_closing():
                reader, self._writer = await asyncio.open_unix_connection(str(self._path), limit=2**21)
                self._reading = asyncio.create_task(self._read(reader, self._writer))
            return self._writer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (message := await read_frame(reader)) is not None:
                frame_id, status, body, headers = msgpack.unpackb(message)
                waiting = self._waiting.get(frame_id)
                if waiting is not None and not waiting.done():
                    waiting.set_result(FrameAnswer(status, body, headers))
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass  # an answer longer than a frame may be ends the connection as its loss does
        finally:
            writer.close()
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(ConnectionResetError("The writer went away."))
