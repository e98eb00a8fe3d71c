"""The writer's door: a Unix socket on which the API and the gateway send commands as msgpack frames."""

import asyncio
import contextlib
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import cast

import structlog

from services.transactions.writing.batch import problem_answer
from services.transactions.writing.intake import Intake, Reply
from services.transactions.writing.queue import WriterQueue
from services.transactions.writing.submission import Answer
from shared.clients.frames import Frame, FrameSplitter, pack_answer
from shared.contracts.caller import Caller
from shared.errors import BankError, Fault, FaultAtStart
from shared.store.audit import AuditRecord
from shared.store.witness import Witness

_log = structlog.get_logger("bank.ledger.frames")


class AnswerBox:
    """Collects answers, given by any thread, and wakes the loop once for all that gathered."""

    def __init__(self) -> None:
        """Begin empty; the loop is the one that runs now."""
        self._loop = asyncio.get_running_loop()
        self._gathered: deque[tuple[Connection, int, Answer]] = deque()
        self._woken = False

    def put(self, connection: "Connection", frame_id: int, answer: Answer) -> None:
        """Take the answer to a frame that came over a connection."""
        self._gathered.append((connection, frame_id, answer))
        if not self._woken:
            self._woken = True
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is left to answer
                self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        """Write what gathered, in one piece for each connection."""
        self._woken = False  # before it is emptied: who puts an answer in from now on wakes the loop anew
        parts: dict[Connection, list[bytes]] = {}
        while self._gathered:
            connection, frame_id, answer = self._gathered.popleft()
            parts.setdefault(connection, []).append(_packed(frame_id, answer))
        for connection, packed in parts.items():
            connection.write(b"".join(packed))


def _packed(frame_id: int, answer: Answer) -> bytes:
    try:
        return pack_answer(frame_id, answer.status, answer.body, answer.headers)
    except ValueError as too_long:
        # What was booked stays booked; the caller must hear something, and the neighbours' answers must go out.
        _log.error("answer.too_long", reason=str(too_long))
        fault = problem_answer(Fault("The answer is too long to be sent."), request_id="")
        return pack_answer(frame_id, fault.status, fault.body, fault.headers)


class Connection(asyncio.Protocol):
    """One sender's connection: what comes in is cut into frames, and who takes no answers is not read from."""

    def __init__(self, door: "FrameServer") -> None:
        self._door = door
        self._splitter = FrameSplitter()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast(asyncio.Transport, transport)  # a stream's always is, though uvloop's does not say so
        self._door.open.add(self)

    def data_received(self, data: bytes) -> None:
        """Hand the whole frames on."""
        try:
            for message in self._splitter.feed(data):
                self._door.receive(message, self)
        except ValueError as unreadable:  # longer than a frame may be: where the next one begins is not known
            _log.warning("frame.too_long", reason=str(unreadable))
            self.transport.close()

    def write(self, packed: bytes) -> None:
        """Send answers, if anybody is left to take them."""
        if not self.transport.is_closing():
            self.transport.write(packed)

    def pause_writing(self) -> None:
        """Stop reading: answers that nobody takes must not pile up here."""
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        """Read again."""
        self.transport.resume_reading()

    def connection_lost(self, reason: Exception | None) -> None:
        """Forget it; what it sent is booked, and its retry replays the answer."""
        self._door.open.discard(self)


class FrameServer:
    """Reads frames, hands them to the queue, writes the answers in whatever order they come."""

    def __init__(self, path: Path, intake: Intake, queue: WriterQueue, witness: Witness | None = None) -> None:
        """Name the socket; it is open to this user only (mode 0600). The witness keeps who was refused at the door."""
        self._witness = witness
        self._keeping = ThreadPoolExecutor(4, thread_name_prefix="refusals")
        self._path = path
        self._intake = intake
        self._queue = queue
        self._server: asyncio.Server | None = None
        self.open: set[Connection] = set()
        self._checks: set[asyncio.Future[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Open the socket. The writer's lock keeps a second writer from getting here.

        :raises FaultAtStart: if there can be no socket at that path
        """
        self._loop, self._box = asyncio.get_running_loop(), AnswerBox()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await self._loop.create_unix_server(lambda: Connection(self), str(self._path))
        except OSError as wrong:
            raise FaultAtStart(f"The writer cannot listen at {self._path}: {wrong.strerror or wrong}.") from None
        finally:
            os.umask(before)

    async def stop(self) -> None:
        """Take nothing more. A frame that still comes gets no answer: its sender asks the next writer."""
        self._stopping = True
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def close(self) -> None:
        """Close the connections, once the queue has answered what it held."""
        await asyncio.sleep(0.05)  # the last answers leave through this loop
        for connection in list(self.open):
            connection.transport.close()

    def receive(self, message: bytes, connection: Connection) -> None:
        """Take a frame here, or in a thread if its token is new: then identity may be asked for keys."""
        if self._stopping:
            return
        try:
            frame = Frame.unpack(message)
        except ValueError as unreadable:
            _log.warning("frame.unreadable", reason=str(unreadable))
            return
        reply = partial(self._box.put, connection, frame.id)
        caller = self._intake.known_caller(frame)
        if caller is not None:
            self._take(frame, reply, caller)
            return
        check = self._loop.run_in_executor(None, self._take, frame, reply, None)
        self._checks.add(check)
        check.add_done_callback(self._checks.discard)

    def _take(self, frame: Frame, reply: Reply, caller: Caller | None) -> None:
        try:
            self._queue.submit(self._intake.submission(frame, reply, caller))
        except BankError as no:
            self._refuse(frame, reply, no)
        except Exception as broken:  # noqa: BLE001 (a fault of one frame must not end the connection of all)
            _log.error("frame.fault", exc_info=broken)
            reply(problem_answer(broken, request_id=frame.request_id))

    def _refuse(self, frame: Frame, reply: Reply, no: BankError) -> None:
        """Answer; who was refused is kept first, by a thread, since this may be the loop's."""
        record, answer = self._intake.refusal(frame, no), problem_answer(no, request_id=frame.request_id)
        if self._witness is None or record is None:
            reply(answer)
        else:
            self._keeping.submit(self._keep, self._witness, record, reply, answer)

    @staticmethod
    def _keep(witness: Witness, record: AuditRecord, reply: Reply, answer: Answer) -> None:
        try:
            witness.record([record])
        except Exception as broken:  # noqa: BLE001 (nothing was done; the refusal is answered all the same)
            _log.warning("record.not-kept", fault=type(broken).__name__)
        reply(answer)
