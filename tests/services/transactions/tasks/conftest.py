"""A ledger whose days can be ended, in the middle of November 2027."""

from collections.abc import Callable
from datetime import date

import pytest

from shared.store.engine import Store
from tests.services.transactions.conftest import TESS, WITHDRAWAL
from tests.services.transactions.day_bench import DayBench

START = date(2027, 11, 15)


@pytest.fixture
def days(make_store: Callable[[str], Store]) -> DayBench:
    """Give a ledger with two accounts: ada with 1,000,000 in `savings`, ben overdrawn by 50,000 in `current`."""
    bench = DayBench(make_store("transactions"), dormant_after_days=10)
    bench.open_books(START)
    bench.terms("savings", capitalisation="monthly", day_count="act/365f")
    bench.terms("current", fees=[{"kind": "monthly", "amount_minor": 490, "currency": "EUR", "waivable": False}])
    bench.rate(365, product="savings")
    bench.rate(1_095, product="current", side="debit")
    bench.open("ada", product="savings")
    bench.open("ben", product="current", overdraft_limit_minor=100_000)
    bench.deposit("a-ada", 1_000_000)
    order = {"account_id": "a-ben", "amount_minor": 50_000, "currency": "EUR"}
    assert bench.one(WITHDRAWAL, order, TESS)[0] == 201
    return bench
