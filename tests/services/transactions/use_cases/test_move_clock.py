"""Moving the bank's clock: kept, told, never back."""

from collections.abc import Iterator

import pytest

from shared import clock
from shared.store.bank_clock import read_offset
from tests.services.transactions.day_bench import LEDGER, DayBench


@pytest.fixture(autouse=True)
def _own_clock() -> Iterator[None]:
    """Put the process' clock back afterwards."""
    before = clock._BankOffset.value
    yield
    clock._BankOffset.value = before


class TestMoveClock:
    def test_keeps_the_offset_and_lets_this_process_follow(self, days: DayBench) -> None:
        assert days.one("POST /internal/clock", {"offset_seconds": 86_400}, LEDGER)[0] == 200
        assert round((clock.bank_now() - clock.now()).total_seconds()) == 86_400
        with days.store.read() as session:
            assert read_offset(session, days.store.plumbing.bank_clock) == 86_400
        assert days.rows("SELECT count(*) FROM outbox WHERE type = 'bank.transactions.clock-moved.v1'") == [(1,)]

    def test_never_goes_back(self, days: DayBench) -> None:
        days.one("POST /internal/clock", {"offset_seconds": 86_400}, LEDGER)
        days.one("POST /internal/clock", {"offset_seconds": 60}, LEDGER)
        with days.store.read() as session:
            assert read_offset(session, days.store.plumbing.bank_clock) == 86_400
        assert round((clock.bank_now() - clock.now()).total_seconds()) == 86_400
