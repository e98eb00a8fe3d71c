"""A standing order that is placed while its account closes: on PostgreSQL, where two processes write at once."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from services.transactions.domain.ledger_account import AccountNotOpen
from shared.store.engine import Store
from tests.services.transactions.conftest import ACCOUNTS, PUT
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.order_bench import place

pytestmark = pytest.mark.postgres


@pytest.fixture
def days(make_store: Callable[[str], Store]) -> DayBench:
    """Give a ledger with two empty accounts."""
    bench = DayBench(make_store("transactions"))
    bench.open_books(date(2027, 11, 15))
    for name in ("ada", "ben"):
        bench.open(name)
    return bench


def closing(version: int = 2) -> dict[str, Any]:
    return {
        "version": version, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "everyday", "currency": "EUR",
        "branch_id": "main", "status": "closed",
    }  # fmt: skip


def waiting_for_locks(store: Store) -> int:
    """Count the connections to this database that wait for somebody's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with store.read() as session:
        return int(session.execute(text(waiting)).scalar() or 0)


class TestAnOrderWhileTheAccountCloses:
    def test_is_refused_once_the_writer_has_the_account(self, days: DayBench) -> None:
        """The closing has counted the orders and is about to commit when the order comes."""
        counted, me = threading.Event(), threading.get_ident()

        def pause(_connection: object) -> None:
            if threading.get_ident() != me:
                return
            counted.set()
            until = time.monotonic() + 10
            while not waiting_for_locks(days.store) and time.monotonic() < until:
                time.sleep(0.01)

        def order() -> None:
            counted.wait(10)
            with pytest.raises(AccountNotOpen):
                place(days)

        event.listen(days.store.writer, "commit", pause)
        try:
            with ThreadPoolExecutor(1) as pool:
                placed = pool.submit(order)
                status, _ = days.one(PUT, closing(), ACCOUNTS, account_id="a-ada")
                placed.result(timeout=20)
        finally:
            event.remove(days.store.writer, "commit", pause)
        assert status == 200
        assert days.count("standing_orders") == 0

    def test_keeps_it_open_if_it_was_first(self, days: DayBench) -> None:
        """The order is written and about to commit when the closing comes: it waits, and counts it."""
        written, other = threading.Event(), threading.get_ident()

        def pause(_connection: object) -> None:
            if threading.get_ident() == other:
                return
            written.set()
            until = time.monotonic() + 10
            while not waiting_for_locks(days.store) and time.monotonic() < until:
                time.sleep(0.01)

        event.listen(days.store.writer, "commit", pause)
        try:
            with ThreadPoolExecutor(1) as pool:
                placed = pool.submit(place, days)
                assert written.wait(10)
                status, body = days.one(PUT, closing(), ACCOUNTS, account_id="a-ada")
                placed.result(timeout=20)
        finally:
            event.remove(days.store.writer, "commit", pause)
        assert (status, body["code"], body["open_orders"]) == (409, "transactions.account-not-empty", 1)

    def test_has_one_order_of_the_two_however_often_they_race(self, days: DayBench) -> None:
        def try_to_place() -> bool:
            try:
                return bool(place(days))
            except AccountNotOpen:
                return False

        for version in range(2, 32, 2):
            with ThreadPoolExecutor(2) as pool:
                placed = pool.submit(try_to_place)
                closed = pool.submit(days.one, PUT, closing(version), ACCOUNTS, account_id="a-ada")
                assert (closed.result()[0] == 200) is not placed.result()
            with days.store.write() as session:
                session.execute(text("UPDATE standing_orders SET status = 'cancelled'"))
            reopened = closing(version + 1) | {"status": "open"}
            assert days.one(PUT, reopened, ACCOUNTS, account_id="a-ada")[0] == 200
