"""Dry runs: the same answer, and nothing changed."""

from typing import Any

import pytest

from tests.services.transactions.conftest import (
    ADA,
    ADJUSTMENT,
    DEPOSIT,
    FEE,
    INTEREST,
    TESS,
    TRANSFER,
    WITHDRAWAL,
    LedgerBench,
    transfer,
)
from tests.services.transactions.use_cases.test_book_adjustment import adjustment
from tests.services.transactions.use_cases.test_book_batch import BATCH, batch
from tests.services.transactions.use_cases.test_capture_hold import CAPTURE
from tests.services.transactions.use_cases.test_place_hold import PLACE, order
from tests.services.transactions.use_cases.test_release_hold import RELEASE
from tests.services.transactions.use_cases.test_reverse_entry import OLU, REVERSE, WHY

TABLES = ("journal_entries", "postings", "holds", "outbox", "audit", "idempotency", "ledger_accounts")


class TestDryRun:
    @pytest.mark.parametrize("amount", [100, 100_000])
    @pytest.mark.parametrize(
        "name",
        [
            *("transfer", "deposit", "withdrawal", "batch", "hold", "capture", "release", "reverse"),
            *("fee", "interest", "adjustment"),
        ],
    )
    def test_gives_the_same_answer_and_changes_nothing(self, bench: LedgerBench, name: str, amount: int) -> None:
        bench.deposit(bench.open("ada"), 500)
        bench.open("ben")
        hold = bench.one(PLACE, order("a-ada", 100), ADA)[1]["id"]
        entry = bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)[1]["id"]
        cash = {"account_id": "a-ada", "amount_minor": amount, "currency": "EUR"}
        commands: dict[str, tuple[Any, ...]] = {
            "transfer": (TRANSFER, transfer("a-ada", "a-ben", amount), ADA, {}),
            "deposit": (DEPOSIT, cash, TESS, {}),
            "withdrawal": (WITHDRAWAL, cash, TESS, {}),
            "batch": (BATCH, batch(1, amount, atomic=False), ADA, {}),
            "hold": (PLACE, order("a-ada", amount), ADA, {}),
            "capture": (CAPTURE, {"amount_minor": amount}, TESS, {"hold_id": hold}),
            "release": (RELEASE, {}, ADA, {"hold_id": hold}),
            "fee": (FEE, cash, OLU, {}),
            "interest": (INTEREST, {**cash, "direction": "debit"}, OLU, {}),
            "adjustment": (ADJUSTMENT, adjustment("a-ada", amount), OLU, {}),
            "reverse": (REVERSE, WHY, OLU, {"transaction_id": entry}),
        }
        route, body, caller, ids = commands[name]
        before = [bench.count(table) for table in TABLES], bench.booked("a-ada")
        dry = bench.submission(route, body, caller, key="k", **ids)
        dry.dry_run = True
        first = bench.book(dry)[0]
        assert ([bench.count(table) for table in TABLES], bench.booked("a-ada")) == before
        real = bench.book(bench.submission(route, body, caller, key="k", **ids))[0]
        assert "Idempotency-Replayed" not in real.headers
        assert (first.status, _shape(first.body)) == (real.status, _shape(real.body))


def _shape(body: bytes) -> Any:
    """Give an answer without what no two commands share: new ids and the moment."""
    import json

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            drop = ("id", "booked_at", "created_at", "expires_at")
            return {name: strip(one) for name, one in value.items() if name not in drop}
        return [strip(one) for one in value] if isinstance(value, list) else value

    return strip(json.loads(body))
