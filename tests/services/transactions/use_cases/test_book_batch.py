"""Batches of transfers, from the order to the rows."""

import json
from typing import Any

from shared.clients.frames import MAX_FRAME_BYTES
from tests.services.transactions.conftest import ADA, BEN, TESS, LedgerBench, transfer

BATCH = "POST /api/v1/transfers/batch"


def batch(*amounts: int, atomic: bool, payer: str = "a-ada", payee: str = "a-ben") -> dict[str, Any]:
    return {"transfers": [transfer(payer, payee, amount) for amount in amounts], "atomic": atomic}


class TestBookBatch:
    def test_atomic_books_all(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 100)
        bench.open("ben")
        status, body = bench.one(BATCH, batch(10, 20, 30, atomic=True), ADA)
        assert status == 201
        assert [result["status"] for result in body["results"]] == ["booked"] * 3
        assert [r["transaction"]["postings"][0]["balance_after_minor"] for r in body["results"]] == [90, 70, 40]
        assert (bench.booked("a-ada"), bench.booked("a-ben")) == (40, 60)

    def test_atomic_books_none_when_one_is_refused_and_names_it(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 50)
        bench.open("ben")
        before = [bench.count(table) for table in ("journal_entries", "outbox", "audit")]
        status, body = bench.one(BATCH, batch(10, 20, 30, atomic=True), ADA)
        assert (status, body["code"], body["index"]) == (409, "transactions.batch-refused", 2)
        assert (body["problem"]["code"], body["problem"]["available_minor"]) == ("transactions.insufficient-funds", 20)
        assert [bench.count(table) for table in ("journal_entries", "outbox")] == before[:2]
        assert bench.count("audit") == before[2] + 1  # who was refused what
        assert bench.booked("a-ada") == 50

    def test_each_for_itself_gives_a_result_per_transfer(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 50)
        bench.open("ben")
        status, body = bench.one(BATCH, batch(40, 20, 10, atomic=False), ADA)
        assert status == 201
        assert [result["status"] for result in body["results"]] == ["booked", "refused", "booked"]
        assert body["results"][1]["problem"]["status"] == 409
        assert (bench.booked("a-ada"), bench.booked("a-ben")) == (0, 50)

    def test_is_one_command_with_one_key(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 50)
        bench.open("ben")
        orders = [bench.submission(BATCH, batch(10, 10, atomic=False), ADA, key="k") for _ in range(2)]
        first, second = bench.book(*orders)
        assert first.body == second.body
        assert bench.booked("a-ben") == 20

    def test_sees_what_is_booked_before_it_in_the_same_commit(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 50)
        bench.open("ben")
        there = bench.submission(BATCH, batch(50, atomic=True), ADA)
        back = bench.submission(BATCH, batch(20, 30, atomic=True, payer="a-ben", payee="a-ada"), BEN)
        assert [answer.status for answer in bench.book(there, back)] == [201, 201]
        assert (bench.booked("a-ada"), bench.booked("a-ben")) == (50, 0)

    def test_anothers_account_in_it_is_as_a_missing_one(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 50)
        bench.open("ben")
        other = bench.one(BATCH, batch(1, atomic=False), BEN)
        missing = bench.one(BATCH, batch(1, atomic=False, payer="a-none"), BEN)
        assert json.dumps(other) == json.dumps(missing)

    def test_of_a_thousand_fits_into_one_frame_even_with_every_leg_shown(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 1_000)
        bench.open("ben")
        teller = bench.book(bench.submission(BATCH, batch(*[1] * 1_000, atomic=True), TESS))[0]
        assert teller.status == 201
        assert len(teller.body) < MAX_FRAME_BYTES / 2
        assert (bench.booked("a-ada"), bench.booked("a-ben")) == (0, 1_000)
