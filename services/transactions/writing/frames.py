"""The writer's door: a Unix socket on which the API (and later the gateway) send commands as msgpack frames."""

import asyncio
import contextlib
import os
from pathlib import Path

import structlog

from services.transactions.writing.batch import problem_answer
from services.transactions.writing.intake import Intake
from services.transactions.writing.queue import WriterQueue
from services.transactions.writing.submission import Answer
from shared.clients.frames import Frame, pack_answer, read_frame
from shared.errors import BankError

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
        self._stopping = False

    async def start(self) -> None:
        """Open the socket. The writer's lock keeps a second writer from getting here."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._serve, str(self._path), limit=2**21)
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
                self._take(Frame.unpack(message), writer, loop)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went away; what it sent is booked, and its retry replays the answer
        except ValueError as unreadable:
            _log.warning("frame.unreadable", reason=str(unreadable))
        finally:
            self._open.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _take(self, frame: Frame, writer: asyncio.StreamWriter, loop: asyncio.AbstractEventLoop) -> None:
        if self._stopping:
            return

        def send(answer: Answer) -> None:
            if not writer.is_closing():
                writer.write(pack_answer(frame.id, answer.status, answer.body, answer.headers))

        def answer_from_batch(answer: Answer) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is left to answer
                loop.call_soon_threadsafe(send, answer)

        try:
            self._queue.submit(self._intake.submission(frame, answer_from_batch))
        except BankError as no:
            send(problem_answer(no, request_id=frame.request_id))
