"""The check that runs all the time: what it reports and counts, and that it rests."""

import time

import pytest
from prometheus_client import REGISTRY

from services.transactions.domain.invariants import INVARIANTS
from services.transactions.tasks.watch_invariants import InvariantWatch
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer
from tests.services.transactions.forgery import forge


def watch_of(bench: LedgerBench, *, anew_seconds: float = 1000) -> InvariantWatch:
    """Make a watch that looks whenever it is told to."""
    return InvariantWatch(bench.store, every_seconds=0, anew_seconds=anew_seconds)


def counted(name: str) -> float:
    """Give what the metric says."""
    return REGISTRY.get_sample_value("bank_invariant_violations_total", {"id": name}) or 0


def violated(watch: InvariantWatch) -> set[str]:
    """Give what the last report found violated."""
    return {name for name, tally in watch.report.tallies.items() if tally.count}


class TestInvariantWatch:
    def test_knows_nothing_before_its_first_pass_and_all_after_it(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 100)
        watch = watch_of(bench)
        assert watch.report.checked_at is None
        assert not watch.look()
        assert watch.take_piece()
        assert set(watch.report.tallies) == {one.id for one in INVARIANTS}
        assert violated(watch) == set()
        assert watch.report.scopes["journal"] == "entries 1 to 1"
        assert not watch.take_piece()

    def test_goes_on_with_what_was_booked_since(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 100)
        watch = watch_of(bench)
        watch.take_piece()
        for _ in range(3):
            bench.one(TRANSFER, transfer(payer, payee, 10), ADA)
            assert watch.look()
        assert (violated(watch), watch.report.scopes["journal"]) == (set(), "entries 1 to 4")

    def test_counts_a_violation_once_and_each_new_one(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 100)
        watch = watch_of(bench)
        watch.take_piece()
        before = counted("booked-is-sum-of-postings")
        forge(bench.store, "UPDATE ledger_accounts SET booked_minor = 1 WHERE id = 'a-ada'")
        watch.look()
        watch.look()
        assert violated(watch) == {"booked-is-sum-of-postings", "books-balance"}
        assert counted("booked-is-sum-of-postings") == before + 1
        forge(bench.store, "UPDATE ledger_accounts SET booked_minor = 100 WHERE id = 'a-ada'")
        watch.look()
        assert violated(watch) == set()
        forge(bench.store, "UPDATE ledger_accounts SET booked_minor = 1 WHERE id = 'a-ada'")
        watch.look()
        assert counted("booked-is-sum-of-postings") == before + 2

    def test_finds_an_old_entry_that_was_forged_when_it_begins_anew(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 100)
        watch = watch_of(bench, anew_seconds=0)
        watch.take_piece()
        forge(bench.store, "UPDATE journal_entries SET description = 'rent'")
        watch.look()
        assert violated(watch) == set()
        assert watch.take_piece()
        assert violated(watch) == {"entries-chained"}

    def test_runs_by_itself_and_ends_at_once(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 100)
        watch = InvariantWatch(bench.store, every_seconds=0.05, anew_seconds=0.05)
        watch.start()
        deadline = time.monotonic() + 30
        while watch.report.checked_at is None and time.monotonic() < deadline:
            time.sleep(0.01)
        first = watch.report.checked_at
        while watch.report.checked_at == first and time.monotonic() < deadline:
            time.sleep(0.01)
        began = time.monotonic()
        watch.stop()
        assert watch.report.checked_at != first
        assert time.monotonic() - began < 1

    @pytest.mark.sqlite  # takes the file away
    def test_outlives_a_store_that_is_away(self, bench: LedgerBench) -> None:
        watch = InvariantWatch(bench.store, every_seconds=0.02, anew_seconds=1000)
        path = bench.store.path
        bench.store.close()
        path.rename(path.with_suffix(".away"))
        path.mkdir()
        watch.start()
        time.sleep(0.1)
        path.rmdir()
        path.with_suffix(".away").rename(path)
        deadline = time.monotonic() + 30
        while watch.report.checked_at is None and time.monotonic() < deadline:
            time.sleep(0.01)
        watch.stop()
        assert watch.report.checked_at is not None
