"""The writer's door under strain: no frame, answer or reader of one caller may cost another one anything."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgpack
import pytest

from services.transactions.writing.frames import AnswerBox, Connection, FrameServer
from services.transactions.writing.intake import Intake
from services.transactions.writing.queue import WriterQueue
from services.transactions.writing.submission import Answer
from shared.clients.frames import MAX_FRAME_BYTES, Frame, FrameAnswer, FrameClient, FrameSplitter
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer

Talk = Callable[[FrameClient, Path], Awaitable[None]]


class SlowTokens:
    """A verifier that knows `ada` by heart and waits for identity's keys before it knows `new`."""

    def __init__(self) -> None:
        self.keys_came = threading.Event()

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token seen before."""
        return ADA if raw == "ada" else None

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; waits."""
        if raw == "ada":
            return ADA
        if raw == "new":
            assert self.keys_came.wait(5)
            return ADA
        if raw == "broken":
            raise RuntimeError("something unforeseen")
        raise InvalidToken


class Door:
    """A queue behind a socket with which a test talks."""

    def __init__(self, bench: LedgerBench, folder: Path) -> None:
        self.tokens = SlowTokens()
        self.path = folder / "l.sock"
        self._bench = bench

    def talk(self, what: Talk) -> None:
        """Open the door, talk, close it."""

        async def run() -> None:
            queue = WriterQueue(self._bench.store, limit=1000, batch_postings=100)
            server = FrameServer(self.path, Intake(self.tokens), queue)
            queue.start(on_end=lambda: None)
            await server.start()
            client = FrameClient(self.path)
            try:
                await what(client, self.path)
            finally:
                await client.close()
                await server.stop()
                await asyncio.to_thread(queue.stop)
                await server.close()

        asyncio.run(run())


@pytest.fixture
def door(bench: LedgerBench, tmp_path: Path) -> Door:
    payer = bench.open("ada")
    bench.open("ben")
    bench.deposit(payer, 1000)
    return Door(bench, tmp_path)


GOOD = json.dumps(transfer("a-ada", "a-ben", 1)).encode()


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """Read the next message of a connection that a test made itself."""
    return await reader.readexactly(int.from_bytes(await reader.readexactly(4), "big"))


async def call(
    client: FrameClient, key: str, *, token: str = "ada", body: bytes = GOOD, timeout_seconds: float = 3
) -> FrameAnswer:
    return await client.call(
        timeout_seconds=timeout_seconds, route=TRANSFER, token=token, key=key, body=body, request_id="r"
    )


class TestFrameServer:
    def test_answers_a_body_of_thousands_of_wrong_fields_briefly(self, door: Door) -> None:
        """Its answer would be longer than a frame: the connection broke, and with it everybody's commands."""
        body = json.dumps({f"x{n}": 1 for n in range(25_000)}).encode()

        async def talk(client: FrameClient, _path: Path) -> None:
            answer = await call(client, "k1", body=body)
            assert answer.status == 422
            assert len(answer.body) < 20_000

        door.talk(talk)

    def test_answers_a_fault_of_one_frame_to_that_frame_alone(self, door: Door) -> None:
        async def talk(client: FrameClient, _path: Path) -> None:
            broken, good = await asyncio.gather(call(client, "k1", token="broken"), call(client, "k2"))
            assert (broken.status, good.status) == (500, 201)

        door.talk(talk)

    def test_goes_on_after_a_frame_that_is_none(self, door: Door) -> None:
        async def talk(_client: FrameClient, path: Path) -> None:
            reader, writer = await asyncio.open_unix_connection(str(path))
            for message in (b"\xc1", msgpack.packb(["no", "frame"]), msgpack.packb([1, ["route"], *[None] * 7])):
                writer.write(len(message).to_bytes(4, "big") + message)
            writer.write(Frame(id=7, route=TRANSFER, token="ada", key="k", body=GOOD, request_id="r").pack())
            answer = await asyncio.wait_for(read_frame(reader), 3)
            assert msgpack.unpackb(answer)[:2] == [7, 201]
            writer.close()

        door.talk(talk)

    def test_does_not_let_others_wait_for_the_keys_of_a_new_token(self, door: Door) -> None:
        async def talk(client: FrameClient, _path: Path) -> None:
            waits = asyncio.create_task(call(client, "k1", token="new"))
            await asyncio.sleep(0.05)
            assert (await call(client, "k2", timeout_seconds=2)).status == 201
            assert not waits.done()
            door.tokens.keys_came.set()
            assert (await waits).status == 201

        door.talk(talk)

    def test_does_not_read_on_for_a_caller_who_takes_no_answers(self, door: Door) -> None:
        async def talk(_client: FrameClient, path: Path) -> None:
            _reader, writer = await asyncio.open_unix_connection(str(path), limit=1024)
            frame = Frame(id=1, route=TRANSFER, token="nobody", key="k", body=b"x" * 4096, request_id="r").pack()
            for _ in range(4000):
                writer.write(frame)
                await asyncio.sleep(0)
            await asyncio.sleep(0.5)
            assert writer.transport.get_write_buffer_size() > 0
            writer.transport.abort()

        door.talk(talk)


class Written(Connection):
    """A connection that keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, packed: bytes) -> None:
        self.written.append(packed)


class TestAnswerBox:
    def test_writes_in_one_piece_all_that_gathered(self) -> None:
        async def run() -> None:
            box, one = AnswerBox(), Written()
            for n in range(50):
                box.put(one, n, Answer(201, b"{}"))
            await asyncio.sleep(0)
            [packed] = one.written
            assert [msgpack.unpackb(part)[0] for part in FrameSplitter().feed(packed)] == list(range(50))

        asyncio.run(run())

    def test_says_that_an_answer_is_too_long_and_delivers_the_others(self) -> None:
        async def run() -> list[bytes]:
            box, one = AnswerBox(), Written()
            box.put(one, 1, Answer(200, b"x" * (MAX_FRAME_BYTES + 1)))
            box.put(one, 2, Answer(200, b"{}"))
            await asyncio.sleep(0)
            return FrameSplitter().feed(b"".join(one.written))

        assert [msgpack.unpackb(part)[:2] for part in asyncio.run(run())] == [[1, 503], [2, 200]]


class TestFrameClient:
    def test_keeps_no_more_than_it_can_for_a_writer_that_reads_nothing(self, tmp_path: Path) -> None:
        async def run() -> None:
            writers: list[asyncio.StreamWriter] = []

            async def never_read(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writers.append(writer)

            path = tmp_path / "deaf.sock"
            server = await asyncio.start_unix_server(never_read, str(path), limit=1024)
            client = FrameClient(path)
            calls = [call(client, f"k{n}", body=b"x" * 200_000, timeout_seconds=1) for n in range(100)]
            began = asyncio.get_running_loop().time()
            first = await asyncio.gather(*calls[50:], return_exceptions=True)
            assert all(isinstance(one, Unavailable) for one in first)
            with pytest.raises(Unavailable):
                await call(client, "late", body=b"x" * 200_000, timeout_seconds=30)
            assert asyncio.get_running_loop().time() - began < 5
            for one in calls[:50]:
                one.close()
            await client.close()
            for writer in writers:
                writer.transport.abort()
            server.close()
            await asyncio.sleep(0.05)

        asyncio.run(run())

    def test_sends_nothing_that_is_longer_than_a_frame(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="too long"):
            asyncio.run(
                call(FrameClient(tmp_path / "none.sock"), "k", body=b"x" * MAX_FRAME_BYTES, timeout_seconds=0.5)
            )
