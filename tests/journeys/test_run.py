"""`make run` itself: what is killed comes back, what is interrupted goes on, and nothing stays behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from cli.people import CUSTOMERS, TRANSFERS
from cli.process_table import memory_bytes
from cli.records import living, read_records
from tests.builders.bank import ROOT, Bank

WEB = ("identity", "accounts", "transactions", "support", "notifications", "writer", "gateway")


@pytest.fixture
def own_bank() -> Iterator[Bank]:
    """Give a bank that a test may ruin; it does not run yet."""
    bank = Bank()
    try:
        yield bank
    finally:
        bank.stop()
        bank.remove()


def left_of(bank: Bank) -> list[str]:
    return [record.name for record in read_records(bank.folder.run) if living(record, bank.folder.path)]


class TestAKilledProcess:
    @pytest.mark.parametrize("name", WEB)
    def test_answers_again_within_five_seconds(self, bank: Bank, name: str) -> None:
        before = bank.record(name).pid
        began = time.monotonic()
        bank.kill(name)
        bank.wait_until(lambda: bank.record(name).pid != before)
        bank.wait_ready(name)
        assert time.monotonic() - began <= 5.0


class TestTheCommands:
    def test_status_finds_every_process_ready(self, bank: Bank) -> None:
        done = self._run(bank, "status")
        assert done.returncode == 0, done.stdout
        assert "gateway" in done.stdout

    def test_demo_plays_to_its_end(self, bank: Bank) -> None:
        done = self._run(bank, "demo")
        assert done.returncode == 0, done.stderr
        assert "GET /notifications" in done.stdout

    def test_seed_changes_nothing_when_all_is_there(self, bank: Bank) -> None:
        before = seeded_balances(bank)
        done = self._run(bank, "seed")
        assert done.returncode == 0, done.stderr
        assert seeded_balances(bank) == before

    @staticmethod
    def _run(bank: Bank, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cli", command],
            cwd=ROOT,
            env=bank.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


class TestAllProcessesTogether:
    def test_take_less_than_a_gigabyte(self, bank: Bank) -> None:
        pids = {pid for record in bank.records for pid in living(record, bank.folder.path)}
        assert sum(map(memory_bytes, pids)) <= 1_000_000_000


def seeded_balances(bank: Bank) -> dict[str, int]:
    """Read what each demo customer has booked on all accounts, in minor units of EUR."""
    found = {}
    for person in CUSTOMERS:
        http = bank.client(bank.login_demo(person.name))
        accounts = http.get("/accounts").json()["items"]
        found[person.name] = sum(http.get(f"/balances/{one['id']}").json()["booked_minor"] for one in accounts)
    return found


def expected_balances() -> dict[str, int]:
    found = {person.name: sum(account.deposit_minor for account in person.accounts) for person in CUSTOMERS}
    for move in TRANSFERS:
        found[move.payer] -= move.amount_minor
        found[move.payee] += move.amount_minor
    return found


class TestAWholeLife:
    def test_interrupted_in_the_first_start_killed_and_stopped_it_goes_on_with_every_cent(self, own_bank: Bank) -> None:
        with pytest.raises(AssertionError, match="did not start"):
            own_bank.start(disturb=lambda: self._kill_in_the_seed(own_bank))
        own_bank.start()
        assert seeded_balances(own_bank) == expected_balances()

        own_bank.crash()
        own_bank.wait_until(lambda: left_of(own_bank) == [], timeout_seconds=20)

        own_bank.start()
        assert seeded_balances(own_bank) == expected_balances()
        began = time.monotonic()
        own_bank.stop()
        assert time.monotonic() - began < 30
        assert left_of(own_bank) == []

    def test_a_killed_process_manager_is_replaced_with_all_it_held(self, bank: Bank) -> None:
        old = bank.record("supervisord").pid
        bank.kill("supervisord", signal.SIGKILL)
        bank.wait_until(lambda: bank.record("supervisord").pid != old, timeout_seconds=20)
        for name in WEB:
            bank.wait_ready(name, timeout_seconds=40)
        assert bank.new_customer(deposit_minor=100).booked_minor() == 100

    @staticmethod
    def _kill_in_the_seed(bank: Bank) -> bool:
        """Kill the command as soon as the first deposit of the seed was answered."""
        log = bank.folder.logs / "gateway.log"
        if log.exists() and '"/api/v1/deposits"' in log.read_text(errors="replace"):
            bank.kill("bank", signal.SIGKILL)
            return True
        return False
