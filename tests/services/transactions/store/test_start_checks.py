"""What the ledger's processes refuse to begin with."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from services.transactions.store.start_checks import anchor_of, check_anchor, check_newest_entries, open_anchor
from shared.errors import FaultAtStart
from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer
from tests.services.transactions.forgery import forge

pytestmark = pytest.mark.sqlite  # an anchor lies beside a file

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def make_store(make_store_beside: Callable[[str], Store]) -> Callable[[str], Store]:
    return make_store_beside


@pytest.fixture
def anchored(bench: LedgerBench) -> LedgerBench:
    """Give a ledger of a deposit and three transfers, with its anchor at the newest."""
    payer, payee = bench.open("ada"), bench.open("ben")
    bench.deposit(payer, 100)
    for amount in (1, 2, 3):
        bench.one(TRANSFER, transfer(payer, payee, amount), ADA)
    anchor = open_anchor(bench.store)
    assert anchor is not None
    anchor.close()
    return bench


def copy_of(store: Store, to: Path) -> None:
    """Copy a store as somebody with a backup would."""
    with store.writer.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store.path, to)


def put_back(store: Store, copy: Path) -> None:
    """Replace a store with a copy."""
    store.close()
    for end in ("-wal", "-shm"):
        store.path.with_name(store.path.name + end).unlink(missing_ok=True)
    shutil.copy(copy, store.path)


class TestAnchorCheck:
    def test_takes_a_store_that_fits_and_a_longer_one(self, anchored: LedgerBench) -> None:
        check_anchor(anchored.store)
        anchored.one(TRANSFER, transfer("a-ada", "a-ben", 4), ADA)
        check_anchor(anchored.store)

    def test_moves_the_anchor_over_an_unanswered_tail_at_the_start(self, anchored: LedgerBench) -> None:
        """The tail is answered to a repeat from now on."""
        anchored.one(TRANSFER, transfer("a-ada", "a-ben", 4), ADA)
        anchor = open_anchor(anchored.store)
        assert anchor is not None
        anchor.close()
        point = anchor.read()
        assert point is not None
        assert point.sequence == 5

    def test_refuses_an_older_copy(self, anchored: LedgerBench, tmp_path: Path) -> None:
        copy_of(anchored.store, tmp_path / "old.db")
        anchored.one(TRANSFER, transfer("a-ada", "a-ben", 4), ADA)
        anchor = open_anchor(anchored.store)
        assert anchor is not None
        anchor.close()
        put_back(anchored.store, tmp_path / "old.db")
        with pytest.raises(FaultAtStart, match="shorter than its anchor"):
            check_anchor(anchored.store)
        with pytest.raises(FaultAtStart, match="expected 5 entries, found 4"):
            open_anchor(anchored.store)

    def test_refuses_another_history(self, anchored: LedgerBench) -> None:
        forge(anchored.store.path, "UPDATE journal_entries SET hash = 'f' WHERE sequence = 4")
        with pytest.raises(FaultAtStart, match="sequence=4: the entry at the anchor is another one"):
            check_anchor(anchored.store)

    def test_refuses_newest_entries_that_are_not_chained(self, anchored: LedgerBench) -> None:
        forge(anchored.store.path, "UPDATE postings SET amount_minor = 50 WHERE entry_sequence = 3")
        with pytest.raises(FaultAtStart, match=r"journal_entries sequence=3: the hash"):
            check_newest_entries(anchored.store)

    def test_asks_nothing_of_a_store_without_an_anchor(self, bench: LedgerBench) -> None:
        check_anchor(bench.store)
        anchor = anchor_of(bench.store)
        assert anchor is not None
        assert not anchor.path.exists()


class TestProcesses:
    """The real processes, which say in one line why they do not start."""

    @pytest.fixture
    def start(self, anchored: LedgerBench) -> Callable[[str], str]:
        """Give a function that starts a process on the store and gives the one line that it ends with."""
        anchored.store.close()
        folder = anchored.store.path.parents[1]
        env = {
            "PATH": "/usr/bin:/bin",
            "BANK_DATA_DIR": str(folder),
            "TRANSACTIONS_WRITER_SOCKET": str(folder / "l.sock"),
            "TRANSACTIONS_WRITER_OPS_PORT": "0",
            "TRANSACTIONS_PORT": "0",
        }

        def run(*module: str) -> str:
            command = [sys.executable, "-m", *module]
            ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=20, check=False)
            assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
            return ended.stderr

        return run

    DOORS = ("services.transactions.writer", "services.transactions.main", "services.transactions.listener")

    @pytest.mark.parametrize("module", DOORS)
    def test_refuse_a_shorter_store(self, anchored: LedgerBench, start: Callable[..., str], module: str) -> None:
        forge(
            anchored.store.path,
            "DELETE FROM postings WHERE entry_sequence = 4",
            "DELETE FROM journal_entries WHERE sequence = 4",
        )
        assert "shorter than its anchor (expected 4 entries, found 3)" in start(module)

    def test_refuse_a_missing_store_before_another_is_made_in_its_place(
        self, anchored: LedgerBench, start: Callable[..., str]
    ) -> None:
        anchored.store.path.unlink()
        assert "missing or empty, but its anchor says that it held 4 entries" in start("services.transactions.writer")
        assert "missing or empty" in start("cli.prepare", "transactions")
        assert not anchored.store.path.exists() or anchored.store.path.stat().st_size == 0

    @pytest.mark.parametrize("module", DOORS)
    def test_refuse_the_empty_store_that_a_migration_made(
        self, anchored: LedgerBench, start: Callable[..., str], module: str, make_store: Callable[[str], Store]
    ) -> None:
        for end in ("", "-wal", "-shm"):
            anchored.store.path.with_name(anchored.store.path.name + end).unlink(missing_ok=True)
        make_store("transactions").close()
        assert "shorter than its anchor (expected 4 entries, found 0)" in start(module)
