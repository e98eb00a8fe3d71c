"""The generators on real banks: the same seed gives the same ledger, another seed another one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.builders.bank import ROOT, Bank

DAYS = 4
"""At least one market day lies within."""


def command(bank: Bank, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env=bank.environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def hash_in(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    [line] = [line for line in done.stdout.splitlines() if "ledger hash" in line]
    return line.split("ledger hash ")[1].split()[0]


@contextmanager
def fresh_bank() -> Iterator[Bank]:
    bank = Bank(seeded=False)
    try:
        yield bank.start()
    finally:
        bank.stop()
        bank.remove()


def filled(seed: int) -> tuple[list[str], str]:
    """Fill a new bank, and give the ledger hash after each command and the day on which its books began."""
    with fresh_bank() as bank:
        begun = bank.client(bank.login_demo("alma")).get("/business-date").json()["business_date"]
        town = command(bank, "seed", "--customers", "4", "--years", "0", "--days", str(DAYS), "--seed", str(seed))
        hashes = [hash_in(town)]
        moves = command(bank, "seed-transactions", "--customer", _first_of(bank), "--count", "6", "--seed", str(seed))
        hashes.append(hash_in(moves))
        assert hash_in(command(bank, "ledger-hash")) == hashes[1]
        again = command(bank, "seed", "--customers", "4", "--years", "0", "--seed", str(seed))
        assert (again.returncode, "choose another --seed" in again.stderr) == (1, True), again.stderr
        assert command(bank, "verify").returncode == 0
    return hashes, begun


def _first_of(bank: Bank) -> str:
    listed = bank.client(bank.login_demo("tess")).get("/accounts", params={"limit": 200}).json()["items"]
    return str(min(listed, key=lambda one: one["opened_at"])["owners"][0])


class TestGenerators:
    @pytest.mark.timeout(600)
    def test_make_the_same_ledger_of_the_same_seed(self) -> None:
        first, day = filled(7)
        again, other_day = filled(7)
        if day != other_day:  # midnight came between the two, and a ledger knows its dates
            first, day = filled(7)
        assert day == other_day
        assert first == again
        assert first[0] != first[1]
        another, _day = filled(8)
        assert set(another).isdisjoint(first)
