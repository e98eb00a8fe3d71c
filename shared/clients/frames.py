"""Frames: many requests over one connection to the ledger's writer, without an HTTP hop for each.

A frame is a 4-byte big-endian length and a msgpack list. It carries the raw bearer token: the writer verifies it
itself. What gathers while the loop is busy leaves in one write and is read in one.
A command that was sent and not answered is sent again after a reconnect: its idempotency key (or its version) makes
that harmless.
"""

import asyncio
import contextlib
import struct
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgpack

from shared.errors import Unavailable

_LENGTH = struct.Struct(">I")
MAX_FRAME_BYTES = 4 * 2**20
"""A batch of 1,000 transfers is answered in about a mebibyte."""
MAX_UNSENT_BYTES = 8 * 2**20
"""What may wait in this process for a writer that does not read; one more command is answered 503."""

_TEXT = (str, type(None))
_KINDS: tuple[type | tuple[type, ...], ...] = (
    *(int, str, _TEXT, _TEXT, bytes, str, dict, _TEXT, _TEXT, bool),
    *(_TEXT, _TEXT, _TEXT, _TEXT),
)
_SEEN_KINDS: set[tuple[type, ...]] = set()
"""Good combinations of types that came before: there are a few dozen at most, and looking one up is cheap."""


class Frame(NamedTuple):
    """One command: the policy row's `METHOD /path/{template}`, the ids in its path, the request's headers and body.

    With a `query` (perhaps an empty one) the request comes as its client wrote it, and nobody has read its query,
    content type or content encoding yet. Without one, an HTTP door has, and `dry_run` says what it found.
    """

    id: int
    route: str
    token: str | None
    key: str | None
    body: bytes
    request_id: str
    path_ids: Mapping[str, str] = {}
    deadline: str | None = None
    traceparent: str | None = None
    dry_run: bool = False
    query: str | None = None
    content_type: str | None = None
    content_encoding: str | None = None
    step_up: str | None = None

    def pack(self) -> bytes:
        """Write the frame.

        :raises ValueError: if it is longer than four mebibytes
        """
        return _framed(self)

    @classmethod
    def unpack(cls, message: bytes) -> "Frame":
        """Read a frame.

        :raises ValueError: if it is not one
        """
        content = msgpack.unpackb(message, use_list=False)
        if not isinstance(content, tuple) or len(content) != len(_KINDS):
            raise ValueError("This is not a command frame.")
        kinds = tuple(map(type, content))
        if kinds not in _SEEN_KINDS:
            if not all(isinstance(value, kind) for value, kind in zip(content, _KINDS, strict=True)):
                raise ValueError("A part of this frame is not of its type.")
            _SEEN_KINDS.add(kinds)
        return cls._make(content)


class FrameAnswer(NamedTuple):
    """Status, JSON body and extra headers of an answer."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def pack_answer(frame_id: int, status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Write the answer to a frame.

    :raises ValueError: if it is longer than four mebibytes
    """
    return _framed((frame_id, status, body, headers))


class _Packing(threading.local):
    """A packer for each thread: `packb` makes one for each message, with a buffer of 256 KiB."""

    def __init__(self) -> None:
        self.pack = msgpack.Packer().pack


_packing = _Packing()


def _framed(content: tuple[Any, ...]) -> bytes:
    packed: bytes = _packing.pack(content)
    if len(packed) > MAX_FRAME_BYTES:
        raise ValueError(f"A frame of {len(packed)} bytes is too long.")
    return _LENGTH.pack(len(packed)) + packed


class FrameSplitter:
    """Cuts what a socket gives into messages."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take what was read and give the messages that are whole now.

        :raises ValueError: if one is longer than four mebibytes: where the next one begins is then not known
        """
        rest = self._rest
        rest += data
        size, at = len(rest), 0
        whole: list[bytes] = []
        while size - at >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(rest, at)
            if length > MAX_FRAME_BYTES:
                raise ValueError(f"A frame of {length} bytes is too long.")
            end = at + _LENGTH.size + length
            if end > size:
                break
            whole.append(bytes(rest[at + _LENGTH.size : end]))
            at = end
        del rest[:at]
        return whole


class FrameClient:
    """One connection to the writer, shared by every request of this process."""

    def __init__(self, path: Path) -> None:
        """Name the writer's socket; the connection is made by the first call."""
        self._path = path
        self._line: _Line | None = None
        self._connecting = asyncio.Lock()

    async def call(self, *, timeout_seconds: float, **command: Any) -> FrameAnswer:
        """Send a command (the fields of `Frame` without `id`) and wait for its answer, over reconnects if need be.

        :raises Unavailable: if there is no answer in time; whether it was booked is then unknown
        :raises ValueError: if the command is longer than a frame may be
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                while True:
                    if self.line is None:
                        Frame(0, **command).pack()  # what can never be sent need not wait for a connection
                    with contextlib.suppress(OSError):  # no socket yet, nobody behind it, or he went away
                        line = self.line or await self.connect()
                        return await line.ask(**command)
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise Unavailable("The ledger's writer does not answer in time.", retry_after_seconds=1) from None

    @property
    def line(self) -> "_Line | None":
        """Give the connection if there is one now."""
        return self._line if self._line is not None and self._line.is_open else None

    @property
    def waiting(self) -> int:
        """Give how many commands wait for their answer now."""
        return len(self._line.waiting) if self._line is not None else 0

    async def connect(self) -> "_Line":
        """Give the connection, made if there is none.

        :raises OSError: if nobody listens
        """
        async with self._connecting:
            if self.line is None:
                loop = asyncio.get_running_loop()
                _, self._line = await loop.create_unix_connection(_Line, str(self._path))
            assert self._line is not None  # noqa: S101 - for the type checker: it was just made
            return self._line

    async def close(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line.close()


class _Line(asyncio.Protocol):
    """One connection while it lives."""

    def __init__(self) -> None:
        self.is_open = False
        self._loop = asyncio.get_running_loop()
        self._next_id = 0
        self.waiting: dict[int, asyncio.Future[FrameAnswer]] = {}
        self._unsent: list[bytes] = []
        self._splitter = FrameSplitter()

    async def ask(self, **command: Any) -> FrameAnswer:
        """Send a command (the fields of `Frame` without `id`) and wait for its answer on this connection.

        :raises ConnectionResetError: if the connection ends first
        :raises Unavailable: if too much waits to be sent
        :raises ValueError: if the command is longer than a frame may be
        """
        if not self.is_open:
            raise ConnectionResetError("The writer went away.")
        self._next_id = frame_id = self._next_id + 1
        packed = Frame(frame_id, **command).pack()
        if self._transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
            raise Unavailable("The ledger's writer takes nothing now.", retry_after_seconds=1)
        answer: asyncio.Future[FrameAnswer] = self._loop.create_future()
        self.waiting[frame_id] = answer
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(packed)
        try:
            return await answer
        finally:
            self.waiting.pop(frame_id, None)

    def _flush(self) -> None:
        """Send what gathered since the loop came round last."""
        self._transport.write(b"".join(self._unsent))
        self._unsent.clear()

    def close(self) -> None:
        """Hang up."""
        self.is_open = False
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)  # a stream's always is, though uvloop's does not say so
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Give each answer to who waits for it."""
        try:
            for message in self._splitter.feed(data):
                frame_id, status, body, headers = msgpack.unpackb(message)
                waiting = self.waiting.get(frame_id)
                if waiting is not None and not waiting.done():
                    waiting.set_result(FrameAnswer(status, body, headers))
        except ValueError:  # an answer longer than a frame may be ends the connection as its loss does
            self.close()

    def connection_lost(self, reason: Exception | None) -> None:
        """Tell all who wait."""
        self.is_open = False
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("The writer went away."))
