"""The load generator on a small server of the test: whole answers, fixed times, nothing lost or counted twice."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pytest

from tests.benchmark.connections import Lines, ask_all
from tests.benchmark.ledger_check import compare
from tests.benchmark.load import Source, Tally, closed_loop, open_loop
from tests.benchmark.traffic import Traffic, TrafficPlan


class SlowBank:
    """Answers every POST with 201 and the request's key, in two pieces, one after another on a connection."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.delay_seconds = 0.0
        self.stall_at: int | None = None
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(server.wait_closed())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = dict(line.split(": ", 1) for line in head[1:] if line)
                body = json.loads(await reader.readexactly(int(headers["content-length"])))
                self.requests.append((headers, body))
                if self.stall_at == len(self.requests):
                    await asyncio.sleep(0.3)
                await asyncio.sleep(self.delay_seconds)
                answer = json.dumps({"id": headers["idempotency-key"]}).encode()
                writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n" % len(answer))
                await writer.drain()
                await asyncio.sleep(0)
                writer.write(answer)
        except asyncio.IncompleteReadError:
            writer.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


@pytest.fixture
def bank() -> Iterator[SlowBank]:
    made = SlowBank()
    yield made
    made.close()


def plan(**changed: Any) -> TrafficPlan:
    users = [{"token": f"token-{one}", "accounts": [f"{one}-a", f"{one}-b"]} for one in range(20)]
    made: dict[str, Any] = {
        "host": "127.0.0.1",
        "path": "/api/v1/transfers",
        "run": "test",
        "seed": 7,
        "per_request": 1,
        "hot": None,
        "users": users,
    }
    return cast(TrafficPlan, made | changed)


class TestClosedLoop:
    def test_waits_for_the_answer_to_everything_it_sent(self, bank: SlowBank) -> None:
        source, tally = Source(Traffic(plan())), Tally()
        bank.delay_seconds = 0.01
        lines = Lines(("127.0.0.1", bank.port), 8)
        closed_loop(lines, source, tally, seconds=0.3)
        lines.close()
        ids = source.traffic.acknowledged_ids(tally.acknowledged)
        assert len(bank.requests) == source.sent == len(tally.answered) > 50
        assert compare(ids, [headers["idempotency-key"] for headers, _ in bank.requests]) == []
        assert tally.others == {}


class TestOpenLoop:
    def test_keeps_its_schedule_and_counts_a_stall_against_all_that_had_to_wait(self, bank: SlowBank) -> None:
        source, tally = Source(Traffic(plan())), Tally()
        bank.stall_at = 20
        lines = Lines(("127.0.0.1", bank.port), 1)
        began = open_loop(lines, source, tally, seconds=1.0, rate=100)
        lines.close()
        late = [took for _, took in tally.answered if took > 0.05]
        assert source.sent == len(tally.answered) == 100
        assert len(late) >= 20, "who was meant to leave during the stall of 0.3 s waited, though it was sent later"
        assert max(at for at, _ in tally.answered) - began >= 0.98


class TestAskAll:
    def test_hands_each_answer_over_with_its_number(self, bank: SlowBank) -> None:
        traffic, found = Traffic(plan()), {}
        requests = [traffic.request(number) for number in range(30)]

        def take(number: int, status: int, body: bytes) -> None:
            found[number] = (status, json.loads(body)["id"])

        ask_all(("127.0.0.1", bank.port), requests, connections=4, on_answer=take)
        assert found == {number: (201, f"test-{number}") for number in range(30)}


def orders(made: TrafficPlan, count: int) -> list[tuple[str, dict[str, Any]]]:
    traffic = Traffic(made)
    found = (traffic.request(number).split(b"\r\n\r\n") for number in range(count))
    return [(head.decode(), json.loads(body)) for head, body in found]


class TestTraffic:
    def test_is_of_many_users_who_pay_from_their_own_accounts_with_a_key_each(self) -> None:
        found = orders(plan(), 400)
        owners = {account: user["token"] for user in plan()["users"] for account in user["accounts"]}
        assert all(f"Bearer {owners[order['from_account_id']]}\r" in head for head, order in found)
        assert all(order["from_account_id"] != order["to_account_id"] for _, order in found)
        assert len({head.split("idempotency-key: ")[1].split("\r")[0] for head, _ in found}) == 400
        assert len({order["from_account_id"] for _, order in found}) == 40
        assert max(Counter(order["to_account_id"] for _, order in found).values()) < 40

    def test_has_the_hot_account_on_one_side_of_each_transfer_in_turn(self) -> None:
        found = orders(plan(hot="3-a"), 100)
        assert Counter(order["from_account_id"] == "3-a" for _, order in found) == {True: 50, False: 50}
        assert Counter(order["to_account_id"] == "3-a" for _, order in found) == {True: 50, False: 50}

    def test_puts_many_transfers_of_one_user_into_a_batch(self) -> None:
        ((head, order),) = orders(plan(per_request=500), 1)
        payers = {one["from_account_id"] for one in order["transfers"]}
        assert len(order["transfers"]) == 500
        assert len(payers) == 2
        assert len({payer[:-2] for payer in payers}) == 1
        assert f"token-{payers.pop()[:-2]}" in head


class TestCompare:
    def test_finds_nothing_when_entries_and_acknowledgements_are_the_same(self) -> None:
        assert compare(["a", "b"], ["b", "a"]) == []

    def test_names_what_was_acknowledged_and_is_missing(self) -> None:
        assert compare(["a", "b"], ["a"]) == ["1 acknowledged transfers are missing, such as b"]

    def test_names_what_was_booked_and_never_acknowledged(self) -> None:
        assert compare(["a"], ["a", "c"]) == ["1 entries were never acknowledged, such as c"]

    def test_counts_one_that_was_booked_twice(self) -> None:
        assert compare(["a"], ["a", "a"]) == ["1 ids were booked twice"]
