"""The journal's lists: filters, cursors under concurrent writes, and a page that costs a page on a long account."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from services.transactions.store.ledger_queries import Filter, list_entries
from shared.clock import bank_now, format_time
from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, BEN, TRANSFER, LedgerBench, transfer
from tests.services.transactions.people import door

PATH = "/api/v1/transactions"
LONG = 100_000


@pytest.fixture
def ada(bench: LedgerBench, tmp_path: Path) -> Iterator[TestClient]:
    bench.deposit(bench.open("ada"), 50_000)
    bench.open("ben", holder_name="Ben Öztürk")
    with door(bench, tmp_path, "ada") as client:
        yield client


def walk(http: TestClient, **query: str) -> list[dict[str, Any]]:
    """Read every page."""
    items: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = http.get(PATH, params={"limit": "3", **query, **({"after": after} if after else {})}).json()
        items += page["items"]
        after = page["next"]
        if after is None:
            return items


class TestFilters:
    def test_of_amounts_are_inclusive(self, ada: TestClient, bench: LedgerBench) -> None:
        for amount in (10, 20, 30, 40):
            bench.one(TRANSFER, transfer("a-ada", "a-ben", amount), ADA)

        def amounts(**query: str) -> list[int]:
            return [one["amount_minor"] for one in walk(ada, type="transfer", **query)]

        assert amounts(min_amount_minor="20", max_amount_minor="30") == [30, 20]
        assert amounts(max_amount_minor="10") == [10]
        assert amounts(min_amount_minor="41") == []
        for wrong in ("-1", "1.5", "1e3", "99999999999999999999"):
            assert ada.get(PATH, params={"min_amount_minor": wrong}).status_code == 422

    def test_of_text_find_the_description_and_the_other_party_but_not_oneself(
        self, ada: TestClient, bench: LedgerBench
    ) -> None:
        bench.one(TRANSFER, {**transfer("a-ada", "a-ben", 1), "description": "Rent_for 50% of May"}, ADA)
        bench.one(TRANSFER, transfer("a-ben", "a-ada", 1), BEN)
        found = {q: len(walk(ada, q=q)) for q in ("RENT", "rent_for", "50%", "50_", "öztürk", "ben", "Ada", "\\")}
        assert found == {
            "RENT": 1, "rent_for": 1, "50%": 1, "50_": 0, "öztürk": 2, "ben": 2, "Ada": 0, "\\": 0,
        }  # fmt: skip

    def test_of_days_are_business_dates(self, ada: TestClient) -> None:
        today = bank_now().date().isoformat()
        assert [len(walk(ada, **{"from": today})), len(walk(ada, to=today))] == [1, 0]
        assert [len(walk(ada, to="9999-12-31")), len(walk(ada, **{"from": "0001-01-01"}))] == [1, 1]

    def test_show_each_entry_with_balance_after_value_date_and_booking_date(self, ada: TestClient) -> None:
        entry = walk(ada)[0]
        assert entry["postings"][0]["balance_after_minor"] == 50_000
        assert entry["value_date"] == entry["business_date"] == entry["booked_at"][:10]

    def test_give_an_entry_between_two_own_accounts_once(self, ada: TestClient, bench: LedgerBench) -> None:
        second = bench.open("ada2", owners=["c-ada"])
        bench.one(TRANSFER, transfer("a-ada", second, 5), ADA)
        assert len(walk(ada)) == 2
        assert [len(one["postings"]) for one in walk(ada)] == [2, 1]


class TestCursors:
    def test_neither_skip_nor_double_while_others_book(self, ada: TestClient, bench: LedgerBench) -> None:
        for _ in range(40):
            bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)
        before = [one["id"] for one in walk(ada)]
        done = threading.Event()

        def book() -> None:
            for _ in range(300):  # each makes every later walk longer: a fast disk must not make this slow
                if not done.is_set():
                    bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)

        booking = threading.Thread(target=book)
        booking.start()
        try:
            for _ in range(5):
                read = [one["id"] for one in walk(ada)]
                assert len(set(read)) == len(read)
                assert read[-len(before) :] == before
        finally:
            done.set()
            booking.join()
        after = [one["id"] for one in walk(ada)]
        assert after[-len(before) :] == before
        assert len(after) > len(before)


class TestBalances:
    def test_name_the_last_transaction_now_and_then(self, ada: TestClient, bench: LedgerBench) -> None:
        bench.open("new", owners=["c-ada"])
        deposit = walk(ada)[0]["booked_at"]
        between = format_time(bank_now())
        time.sleep(0.002)
        bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)
        newest = walk(ada)[0]["booked_at"]
        assert newest > deposit
        assert ada.get("/api/v1/balances/a-ada").json()["last_transaction_at"] == newest
        past = ada.get("/api/v1/balances/a-ada", params={"as_of": between}).json()
        assert past["last_transaction_at"] == deposit
        both = ada.get("/api/v1/balances", params={"account_ids": "a-ada,a-new"}).json()["items"]
        assert [one["last_transaction_at"] for one in both] == [newest, None]


class TestALongAccount:
    @pytest.mark.sqlite  # whose plans it reads
    def test_gives_a_page_in_milliseconds_from_an_index(self, bench: LedgerBench) -> None:
        bench.open("ada")
        bench.open("ben")
        _fill(bench.store)
        statements: list[tuple[str, Any]] = []
        event.listen(bench.store.reader, "before_cursor_execute", lambda *a: statements.append((a[2], a[3])))
        page = Filter(account_ids=["a-ada"])
        timed = {
            "newest": _seconds(bench, page, None),
            "middle": _seconds(bench, page, LONG // 2),
            "month": _seconds(bench, Filter(account_ids=["a-ada"], to_day=bank_now().date()), None),
            "rare": _seconds(bench, Filter(account_ids=["a-ada"], min_amount_minor=99), None),
        }
        with bench.store.read() as session:
            plans = [
                str(row)
                for sql, parameters in set(statements)
                if "postings" in sql
                for row in session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + sql, parameters)
            ]
        assert not [plan for plan in plans if "SCAN" in plan or "TEMP B-TREE FOR ORDER" in plan], plans
        assert timed["rare"] < 2, timed  # reads all of the account: some 100 ms
        assert max(timed["newest"], timed["middle"], timed["month"]) < 0.1, timed  # some 3 ms on an idle machine


def _seconds(bench: LedgerBench, wanted: Filter, below: int | None) -> float:
    taken = []
    for _ in range(3):
        with bench.store.read() as session:
            began = time.perf_counter()
            list_entries(session, wanted, below=below, limit=51)
            taken.append(time.perf_counter() - began)
    return min(taken)


def _fill(store: Store) -> None:
    """Write entries as rows: what is measured is reading, and booking so many takes its time."""
    entries = [
        (
            n,
            f"e{n}",
            "transfer",
            1 + n % 7,
            "EUR",
            "a-ada",
            "a-ben",
            "",
            "2026-01-01T00:00:00.000000Z",
            "2026-01-01",
            "h",
        )
        for n in range(1, LONG + 1)
    ]
    with store.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "INSERT INTO journal_entries (sequence, id, type, amount_minor, currency, payer_account_id,"
            " payee_account_id, description, booked_at, value_date, business_date, hash)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            [(*one[:10], one[9], one[10]) for one in entries],
        )
        connection.exec_driver_sql(
            "INSERT INTO postings VALUES (?,?,?,?,?,?)",
            [
                leg
                for n in range(1, LONG + 1)
                for leg in ((n, 0, "a-ada", "debit", 1 + n % 7, 0), (n, 1, "a-ben", "credit", 1 + n % 7, 0))
            ],
        )
