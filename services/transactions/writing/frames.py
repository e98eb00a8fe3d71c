"""The writer's door: a Unix socket on which the API (and later the gateway) send commands as msgpack frames."""

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import structlog

from services.transactions.writing.batch import problem_answer
from services.transactions.writing.intake import Intake
from services.transactions.writing.queue import WriterQueue
from services.transactions.writing.submission import Answer
from shared.clients.frames import Frame, pack_answer, read_frame
from shared.errors import BankError, FaultAtStart

_log = structlog.get_logger("bank.ledger.frames")


class FrameServer:
    """Reads frames, hands them to the queue, writes the answers in whatever order they come."""

    def __init__(self, path: Path, intake: Intake, queue: WriterQueue) -> None:
        """Name the socket; it is open to this user only (mode 0600)."""
        self._path = path
        self._intake = intake
        self._queue = queue
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._checks: set[asyncio.Future[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Open the socket. The writer's lock keeps a second writer from getting here.

        :raises FaultAtStart: if there can be no socket at that path
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._serve, str(self._path), limit=2**21)
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
        for writer in list(self._open):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        self._open.add(writer)
        try:
            while (message := await read_frame(reader)) is not None:
                self._receive(message, writer, loop)
                await writer.drain()  # who takes no answers is not read from, so that they do not pile up here
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went away; what it sent is booked, and its retry replays the answer
        except ValueError as unreadable:  # longer than a frame may be: where the next one begins is not known
            _log.warning("frame.too_long", reason=str(unreadable))
        finally:
            self._open.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _receive(self, message: bytes, writer: asyncio.StreamWriter, loop: asyncio.AbstractEventLoop) -> None:
        """Take a frame here, or in a thread if its token is new: then identity may be asked for keys."""
        if self._stopping:
            return
        try:
            frame = Frame.unpack(message)
        except ValueError as unreadable:
            _log.warning("frame.unreadable", reason=str(unreadable))
            return

        def send(answer: Answer) -> None:
            if not writer.is_closing():
                writer.write(pack_answer(frame.id, answer.status, answer.body, answer.headers))

        def send_from_thread(answer: Answer) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is left to answer
                loop.call_soon_threadsafe(send, answer)

        if self._intake.must_wait(frame):
            check = loop.run_in_executor(None, self._take, frame, send_from_thread)
            self._checks.add(check)
            check.add_done_callback(self._checks.discard)
        else:
            self._take(frame, send_from_thread)

    def _take(self, frame: Frame, answer: Callable[[Answer], None]) -> None:
        try:
            self._queue.submit(self._intake.submission(frame, answer))
        except BankError as no:
            answer(problem_answer(no, request_id=frame.request_id))
        except Exception as broken:  # noqa: BLE001 (a fault of one frame must not end the connection of all)
            _log.error("frame.fault", exc_info=broken)
            answer(problem_answer(broken, request_id=frame.request_id))
