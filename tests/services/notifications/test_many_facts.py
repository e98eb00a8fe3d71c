"""Many facts, in whatever order and however often: each item and mail once, whoever dies and whatever is poison."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from sqlalchemy import func, select
from sqlmodel import Session

from services.notifications.listener import SUBSCRIPTIONS
from services.notifications.settings import NotificationsSettings
from services.notifications.store.tables import DeliveryRow, InboxItemRow
from shared.contracts.envelope import Fact
from shared.contracts.transactions import TransferBooked
from shared.store.engine import Store
from shared.streams.cursors import read_cursor
from shared.streams.dead_letters import count_dead_letters
from shared.streams.listener import StreamDoor
from tests.builders.redis import RedisServer, redis_process, redis_server
from tests.services.notifications.publisher import Ledger, MisshapenDeposit, bookings

__all__ = ["redis_process", "redis_server"]

LEDGERS = tuple(one for one in SUBSCRIPTIONS if one.publisher == "transactions")


@pytest.fixture
def ledger(make_store: Callable[[str], Store]) -> Ledger:
    return Ledger(make_store("transactions"))


@contextmanager
def listening(store: Store, ledger: Ledger, server: RedisServer) -> Iterator[None]:
    settings = NotificationsSettings(redis_url=server.url)
    door = StreamDoor(store, settings, LEDGERS, lambda _publisher: ledger)
    door.start()
    try:
        yield
    finally:
        door.stop()


def place(store: Store) -> int:
    with store.read() as session:
        return read_cursor(session, "transactions").sequence


def wait_for(store: Store, sequence: int, *, seconds: float) -> float:
    """Wait until the cursor is there; gives how long that took."""
    began = time.monotonic()
    while place(store) < sequence:
        assert time.monotonic() - began < seconds, f"stands at {place(store)} of {sequence}"
        time.sleep(0.05)
    return time.monotonic() - began


def expected(facts: list[Fact]) -> int:
    """Give how many items these facts make: two of a transfer, one of a deposit."""
    return sum(2 if isinstance(fact, TransferBooked) else 1 for fact in facts)


def count(session: Session) -> tuple[int, int, int, int]:
    """Give items, different items, mails and mail jobs."""
    items = session.execute(select(func.count()).select_from(InboxItemRow)).scalar_one()
    whose = select(InboxItemRow.recipient_id, InboxItemRow.entry_id, InboxItemRow.kind).distinct().subquery()
    different = session.execute(select(func.count()).select_from(whose)).scalar_one()
    mails = session.execute(select(func.count()).select_from(DeliveryRow)).scalar_one()
    jobs = session.execute(select(func.count()).select_from(session.info["store"].plumbing.jobs)).scalar_one()
    return items, different, mails, jobs


class TestManyFacts:
    def test_ten_thousand_in_three_shuffled_copies_make_each_item_and_mail_once(
        self, store: Store, ledger: Ledger, redis_server: RedisServer
    ) -> None:
        facts = list(bookings(10_000))
        ledger.tell(*facts)
        copies = [envelope.model_dump_json() for envelope in ledger.told()] * 3
        random.Random(3).shuffle(copies)
        with listening(store, ledger, redis_server), redis.Redis.from_url(redis_server.url) as stream:
            for begin in range(0, len(copies), 1000):
                with stream.pipeline() as pipe:
                    for text in copies[begin : begin + 1000]:
                        pipe.xadd("bank.transactions", {"envelope": text})
                    pipe.execute()
            wait_for(store, 10_000, seconds=240)
            time.sleep(0.5)  # what is still in the stream are duplicates
        with store.read() as session:
            assert count(session) == (expected(facts),) * 4

    def test_a_poison_fact_parks_and_the_others_pass_within_ten_seconds(
        self, store: Store, ledger: Ledger, redis_server: RedisServer
    ) -> None:
        facts = list(bookings(300))
        ledger.tell(*facts[:150], MisshapenDeposit(entry_id="poison"), *facts[150:])
        with listening(store, ledger, redis_server):
            assert wait_for(store, 301, seconds=20) <= 10
        with store.read() as session:
            assert count(session) == (expected(facts),) * 4
            assert count_dead_letters(session) == 1


@pytest.mark.sqlite
class TestConsumerThatIsKilled:
    @pytest.mark.parametrize("where", ["before", "after"])
    def test_between_effect_and_acknowledgement_leaves_each_item_once(
        self, store: Store, ledger: Ledger, where: str
    ) -> None:
        facts = list(bookings(600))
        ledger.tell(*facts)
        urls = [str(one.url) for one in (store, ledger.store)]
        command = [sys.executable, "-m", "tests.services.notifications.consuming_process", *urls, where]
        for turn in (1, 2, 1000):
            ended = subprocess.run([*command, str(turn)], cwd=Path(__file__).parents[3], check=False, timeout=60)
            assert ended.returncode == (0 if turn == 1000 else -9)
            with store.read() as session:
                done = read_cursor(session, "transactions").sequence
                assert count(session) == (expected(facts[:done]),) * 4
        assert done == 600
