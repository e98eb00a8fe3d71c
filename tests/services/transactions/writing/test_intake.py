"""Frames at the writer's door: token, role, key, shape; and the socket itself."""

import asyncio
import json
from pathlib import Path

import pytest

from services.transactions.writing.frames import FrameServer
from services.transactions.writing.intake import Intake
from services.transactions.writing.queue import QueueFull, WriterQueue
from shared.clients.frames import Frame, FrameAnswer, FrameClient
from shared.clients.step_up import StepUp
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.errors import Malformed, Refusal, Unavailable
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer


class KnownTokens:
    """Stands for the verifier: it knows two tokens. The real one has its own tests and the journeys."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token, if it is good."""
        return self.verify(raw) if raw in ("ada", "amir") else None

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token."""
        if raw == "ada":
            return ADA
        if raw == "amir":
            return Caller(user_id="u-amir", roles=frozenset({"auditor"}), session_id="s9")
        raise InvalidToken


INTAKE = Intake(KnownTokens())


def frame(body: bytes, *, token: str = "ada", key: str | None = "k", route: str = TRANSFER) -> Frame:
    """Make a frame."""
    return Frame(id=1, route=route, token=token, key=key, body=body, request_id="r-1")


GOOD = json.dumps(transfer("a-ada", "a-ben", 1)).encode()


class TestIntake:
    def test_checks_token_then_role_then_json_then_key_then_shape(self) -> None:
        codes = []
        for one in (
            frame(b"{", token="nobody", key=None),
            frame(b"{", token="amir", key=None),
            frame(b"{", key=None),
            frame(b"{}", key=None),
            frame(b"{}"),
        ):
            with pytest.raises(Refusal) as no:
                INTAKE.submission(one, lambda _answer: None)
            codes.append(no.value.code)
        assert codes == [
            "auth.invalid-token",
            "auth.role-not-allowed",
            "request.malformed-json",
            "request.idempotency-key",
            "request.invalid",
        ]

    @pytest.mark.parametrize("amount", ["NaN", "1e400", "Infinity"])
    def test_refuses_numbers_that_are_none(self, amount: str) -> None:
        with pytest.raises(Malformed):
            INTAKE.submission(frame(GOOD.replace(b": 1,", f": {amount},".encode())), lambda _answer: None)


class TestAStepUp:
    def test_is_read_at_the_door_and_never_on_the_quick_way(self) -> None:
        read: list[tuple[str, Caller]] = []
        good = StepUp("t-1", "transfer", "h")

        def reader(raw: str, caller: Caller) -> StepUp | None:
            read.append((raw, caller))
            return good if raw == "good" else None

        intake = Intake(KnownTokens(), step_ups=reader)
        sent = frame(GOOD)
        assert intake.known_caller(sent) == ADA
        assert intake.submission(sent, lambda _answer: None).step_up is None
        for raw, expected in (("good", good), ("bad", None)):
            with_token = sent._replace(step_up=raw)
            assert intake.known_caller(with_token) is None  # identity may be asked for its keys
            assert intake.submission(with_token, lambda _answer: None).step_up == expected
        assert read == [("good", ADA), ("bad", ADA)]


class TestTheSocket:
    def test_answers_many_at_once_and_survives_a_restart_of_the_writer(
        self, bench: LedgerBench, tmp_path: Path
    ) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 1000)
        path = tmp_path / "l.sock"
        body = json.dumps(transfer(payer, payee, 1)).encode()

        async def call(client: FrameClient, key: str) -> FrameAnswer:
            return await client.call(
                timeout_seconds=10, route=TRANSFER, token="ada", key=key, body=body, request_id="r"
            )

        async def run() -> list[int]:
            client = FrameClient(path)
            first = _Writer(bench, path)
            await first.start()
            statuses = [answer.status for answer in await asyncio.gather(*(call(client, f"k{n}") for n in range(40)))]
            await first.stop()
            late = asyncio.create_task(call(client, "late"))
            await asyncio.sleep(0.1)
            second = _Writer(bench, path)
            await second.start()
            statuses.append((await late).status)
            await second.stop()
            await client.close()
            return statuses

        assert asyncio.run(run()) == [201] * 41
        assert bench.booked(payee) == 41

    def test_gives_up_in_time_when_nobody_answers(self, tmp_path: Path) -> None:
        async def run() -> None:
            await FrameClient(tmp_path / "none.sock").call(
                timeout_seconds=0.2, route=TRANSFER, token="ada", key="k", body=GOOD, request_id="r"
            )

        with pytest.raises(Unavailable):
            asyncio.run(run())


class TestTheQueue:
    def test_refuses_what_it_cannot_hold_and_books_nothing(self, bench: LedgerBench) -> None:
        queue = WriterQueue(bench.store, limit=2, batch_postings=10)
        for _ in range(2):
            queue.submit(bench.submission(TRANSFER, transfer("a", "b", 1), ADA))
        with pytest.raises(QueueFull):
            queue.submit(bench.submission(TRANSFER, transfer("a", "b", 1), ADA))
        assert bench.count("journal_entries") == 0


class _Writer:
    """A queue behind a socket, as the writer's process has it."""

    def __init__(self, bench: LedgerBench, path: Path) -> None:
        self._queue = WriterQueue(bench.store, limit=1000, batch_postings=100)
        self._server = FrameServer(path, INTAKE, self._queue)

    async def start(self) -> None:
        """Open."""
        self._queue.start(on_end=lambda: None)
        await self._server.start()

    async def stop(self) -> None:
        """Close, as a graceful end does."""
        await self._server.stop()
        await asyncio.to_thread(self._queue.stop)
        await self._server.close()
        await asyncio.sleep(0.05)
