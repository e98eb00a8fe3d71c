"""The writer away: who is held, who is told at once, and that nothing is booked twice for it."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.gateway.ledger_lanes import Lanes, open_lanes

ORDER = {"from_account_id": "a-ada", "to_account_id": "a-ben", "amount_minor": 1, "currency": "EUR"}


@pytest.fixture
def lanes(tmp_path: Path) -> Iterator[Lanes]:
    """A ledger whose gateway holds for one second."""
    with open_lanes(tmp_path, hold_seconds=1.0) as opened:
        yield opened


@pytest.fixture
def ada(lanes: Lanes) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {lanes.tokens.sign(sub='u-ada', cid='c-ada')}"}
    with httpx.Client(base_url=lanes.framed, headers=headers, timeout=15, trust_env=False) as http:
        yield http


def pay(ada: httpx.Client, key: str | None) -> httpx.Response:
    return ada.post("/api/v1/transfers", json=ORDER, headers={"idempotency-key": key} if key else {})


class TestLedgerLane:
    def test_holds_what_can_be_repeated_while_the_writer_restarts(self, lanes: Lanes, ada: httpx.Client) -> None:
        assert pay(ada, "k0").status_code == 201
        lanes.writer.stop()
        back = threading.Timer(0.5, lanes.writer.start)
        back.start()
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda n: pay(ada, f"k{n}").status_code, range(1, 9)))
        back.join()
        assert statuses == [201] * 8
        assert lanes.bench.booked("a-ben") == 9

    def test_books_once_what_was_sent_before_and_after_a_restart(self, lanes: Lanes, ada: httpx.Client) -> None:
        done = threading.Event()

        def pay_on(name: int) -> list[int]:
            found = []
            for n in range(1000):
                if done.is_set():
                    break
                found.append(pay(ada, f"{name}-{n}").status_code)
            return found

        with ThreadPoolExecutor(4) as pool:
            paying = [pool.submit(pay_on, name) for name in range(4)]
            for _ in range(2):
                time.sleep(0.3)
                lanes.writer.stop()
                lanes.writer.start()
            time.sleep(0.2)
            done.set()
            statuses = [status for one in paying for status in one.result()]
        assert set(statuses) <= {201, 409}  # ada's money may come to an end
        assert lanes.bench.booked("a-ben") == statuses.count(201)

    def test_says_soon_that_a_writer_is_down(self, lanes: Lanes, ada: httpx.Client) -> None:
        lanes.writer.stop()
        began = time.monotonic()
        unkeyed = pay(ada, None)
        assert time.monotonic() - began < 0.5
        held = pay(ada, "k")
        assert 0.5 < time.monotonic() - began < 3
        later, again = time.monotonic(), pay(ada, "k")
        assert time.monotonic() - later < 0.5
        for answer in (unkeyed, held, again):
            assert (answer.status_code, answer.json()["code"]) == (503, "gateway.upstream-unavailable")
            assert answer.headers["retry-after"] == "1"
        lanes.writer.start()
        until = time.monotonic() + 3
        while (answer := pay(ada, "k")).status_code == 503 and time.monotonic() < until:
            time.sleep(0.1)
        assert answer.status_code == 201

    def test_leaves_the_other_routes_alone(self, lanes: Lanes, ada: httpx.Client) -> None:
        lanes.writer.stop()
        assert pay(ada, None).status_code == 503
        assert ada.get("/api/v1/balances/a-ada").json()["booked_minor"] == 1000
        lanes.writer.start()

    def test_answers_many_at_once_over_one_connection(self, lanes: Lanes, ada: httpx.Client) -> None:
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda n: pay(ada, f"k{n}"), range(200)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({json.loads(answer.content)["id"] for answer in answers}) == 200
