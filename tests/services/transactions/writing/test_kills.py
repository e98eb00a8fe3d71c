"""kill -9 at any point: the store starts again, and whatever was answered is there once."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from services.transactions.store.ledger_store import ENTRIES
from services.transactions.store.start_checks import anchor_of, check_newest_entries, open_anchor, open_ledger
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer
from tests.services.transactions.store.test_invariants import broken

pytestmark = pytest.mark.sqlite  # the anchor lies beside a file; replicas on PostgreSQL are killed in a journey

ROOT = Path(__file__).resolve().parents[4]
KILLS = 6


def book_until_killed(url: str, turn: str, *dying: str, seconds: float = 0.0) -> dict[str, str]:
    """Run the booking process, kill it some time after its first answer, and give what it had answered."""
    command = [sys.executable, "-m", "tests.services.transactions.booking_process", url, turn, *dying]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    if not dying:
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    told = child.stdout.read()  # not communicate: with a timeout it loses what readline had read ahead
    assert child.wait(20) == -signal.SIGKILL
    child.stdout.close()
    whole = [line for line in (first + told).splitlines(keepends=True) if line.endswith("\n")]
    return dict(line.split() for line in whole)  # type: ignore[misc]


def look_after(url: str, answered: dict[str, str]) -> int:
    """Start on the store as the writer does; check that what was answered is there, anchored, and give the tail."""
    store = open_ledger(url)
    try:
        check_newest_entries(store)
        anchor = anchor_of(store)
        point = anchor.read() if anchor else None
        with store.read() as session:
            booked = {row.id: row.sequence for row in session.execute(select(ENTRIES.c.id, ENTRIES.c.sequence))}
        newest = max((booked[entry] for entry in answered.values()), default=1)  # the deposit is the first
        assert (point.sequence if point else 0) >= newest
        return max(booked.values()) - newest
    finally:
        store.close()


@pytest.fixture
def url(bench: LedgerBench) -> str:
    """Give a ledger on which much can be booked."""
    bench.open("ben")
    bench.deposit(bench.open("ada"), 1_000_000)
    bench.store.close()
    return bench.store.url.render_as_string()


class TestKills:
    def test_at_random_moments_leave_a_store_that_starts_and_has_all_that_was_answered(self, url: str) -> None:
        dice = random.Random()
        answered: dict[str, str] = {}
        for turn in range(KILLS):
            told = book_until_killed(url, str(turn), seconds=dice.uniform(0.0, 0.25))
            assert told
            answered |= told
            look_after(url, answered)
        assert "refused" not in answered.values()
        assert len(set(answered.values())) == len(answered)
        store = open_ledger(url)
        anchor = open_anchor(store)
        assert anchor is not None
        anchor.close()
        assert broken(store) == {}
        store.close()

    @pytest.mark.parametrize("at", [1, 2, 3])
    @pytest.mark.parametrize("where", ["before", "torn", "after"])
    def test_around_the_anchor_leave_a_store_that_starts_and_repeats_are_answered_once(
        self, url: str, where: str, at: int
    ) -> None:
        answered = book_until_killed(url, "k", where, str(at))
        tail = look_after(url, answered)
        assert tail > 0  # what was booked last is there and nobody was told
        bench = LedgerBench(open_ledger(url))
        anchor = open_anchor(bench.store)
        assert anchor is not None
        anchor.close()
        count = bench.count("journal_entries")
        keys = [f"k-{number}" for number in range(len(answered) + tail)]
        answers = bench.book(*(bench.submission(TRANSFER, transfer("a-ada", "a-ben", 1), ADA, key=key) for key in keys))
        assert {answer.status for answer in answers} == {201}
        assert bench.count("journal_entries") == count == len(keys) + 1
        assert broken(bench.store) == {}
        bench.store.close()
