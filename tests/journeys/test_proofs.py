"""What anyone can check for themselves, on a bank of its own: invariants, the snapshot, verify, and the anchor."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.ids import new_id
from tests.builders.bank import ROOT, Bank, BankFailed
from tests.builders.bank_customer import BankCustomer
from tests.services.transactions.forgery import forge


@pytest.fixture(scope="module")
def proven() -> Iterator[Bank]:
    """Give a bank that looks at its invariants twice a second."""
    watched = {"TRANSACTIONS_INVARIANTS_SECONDS": "0.5", "TRANSACTIONS_INVARIANTS_ANEW_SECONDS": "1"}
    running = Bank(seeded=False, environment=watched)
    try:
        yield running.start()
    finally:
        running.stop()
        running.remove()


def verify(bank: Bank) -> tuple[int, str]:
    """Run `strongroom verify` on a bank's data folder; gives status and what was printed."""
    command = [sys.executable, "-m", "cli", "verify", "--data-dir", str(bank.folder.path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def states(auditor: Any) -> dict[str, str]:
    """Give the state of each invariant."""
    items = auditor.get("/ledger/invariants").json()["items"]
    return {item["id"]: item["state"] for item in items}


def refuses(bank: Bank, module: str) -> str:
    """Start one process of the ledger on a bank's store; gives the line with which it ends."""
    env = {
        **os.environ,
        "BANK_DATA_DIR": str(bank.folder.path),
        "TRANSACTIONS_WRITER_SOCKET": str(bank.folder.path / "l.sock"),
        "TRANSACTIONS_WRITER_OPS_PORT": "0",
    }
    command = [sys.executable, "-m", module]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
    return ended.stderr


def move_money(bank: Bank) -> tuple[BankCustomer, BankCustomer]:
    """Book a bit of everything."""
    payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer(deposit_minor=500)
    tess, olu = bank.client(bank.login_demo("tess")), bank.client(bank.login_demo("olu"))
    entries = [payer.pay(payee, amount).json()["id"] for amount in (100, 20, 3)]

    def post(http: Any, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = http.post(path, json=body, headers={"idempotency-key": new_id()})
        assert answer.status_code == 201, answer.text
        done: dict[str, Any] = answer.json()
        return done

    post(olu, f"/transactions/{entries[1]}/reverse", {"reason": "sent twice"})
    hold = post(payer.http, "/holds", {"account_id": payer.account_id, "amount_minor": 800, "currency": "EUR"})
    post(tess, f"/holds/{hold['id']}/capture", {"amount_minor": 300})
    post(payer.http, "/holds", {"account_id": payer.account_id, "amount_minor": 50, "currency": "EUR"})
    one = {"from_account_id": payer.account_id, "to_account_id": payee.account_id, "currency": "EUR"}
    post(payer.http, "/transfers/batch", {"transfers": [{**one, "amount_minor": n} for n in (1, 2, 3)], "atomic": True})
    return payer, payee


class TestProofs:
    """In this order: a running bank, killed writers, a stopped bank, a forged one, an older one, and none."""

    def test_invariants_are_seen_to_hold_and_the_snapshot_adds_up(self, proven: Bank) -> None:
        payer, _ = move_money(proven)
        auditor = proven.client(proven.login_demo("amir"))
        snapshot = auditor.get("/ledger/snapshot").json()
        sums: dict[str, int] = defaultdict(int)
        for account in snapshot["accounts"]:
            sums[account["currency"]] += account["booked_minor"] * (1 if account["normal"] == "debit" else -1)
        assert sums == {"EUR": 0}
        mine = {account["account_id"]: account for account in snapshot["accounts"]}[payer.account_id]
        assert (mine["booked_minor"], mine["held_minor"]) == (payer.booked_minor(), 50)
        scope = f"entries 1 to {snapshot['sequence']}"

        def seen() -> bool:
            items = auditor.get("/ledger/invariants").json()["items"]
            return bool(items[0]["scope"] == scope)

        proven.wait_until(seen)
        assert set(states(auditor).values()) == {"ok"}
        assert payer.http.get("/ledger/invariants").status_code == 403
        assert payer.http.get("/ledger/snapshot").status_code == 403

    def test_verify_finds_nothing_wrong_while_the_bank_runs(self, proven: Bank) -> None:
        status, printed = verify(proven)
        assert (status, "Nothing is wrong" in printed) == (0, True), printed

    def test_a_writer_killed_again_and_again_starts_on_its_anchor(self, proven: Bank) -> None:
        payer, payee = proven.new_customer(deposit_minor=1_000), proven.new_customer()
        booked = 0
        for _ in range(3):
            booked += sum(payer.pay(payee, 1).status_code == 201 for _ in range(10))
            proven.kill("writer")
            proven.wait_ready("writer")
        assert payee.booked_minor() == booked == 30
        assert verify(proven)[0] == 0

    def test_a_forged_balance_is_seen_while_the_bank_runs(self, proven: Bank) -> None:
        auditor = proven.client(proven.login_demo("amir"))
        path = proven.folder.path / "transactions/transactions.db"
        forge(path, "UPDATE ledger_accounts SET booked_minor = booked_minor + 1 WHERE kind = 'clearing'")
        proven.wait_until(lambda: states(auditor)["books-balance"] == "violated")
        metrics = proven.client(service="transactions").get(f"{proven.url_of('transactions')}/metrics").text
        assert 'bank_invariant_violations_total{id="books-balance"} 1.0' in metrics
        forge(path, "UPDATE ledger_accounts SET booked_minor = booked_minor - 1 WHERE kind = 'clearing'")
        proven.wait_until(lambda: states(auditor)["books-balance"] == "ok")

    def test_a_stopped_bank_is_verified_and_a_forged_row_is_named(self, proven: Bank, tmp_path: Path) -> None:
        path = proven.folder.path / "transactions/transactions.db"
        proven.stop()
        assert verify(proven)[0] == 0
        shutil.copy(path, tmp_path / "good.db")
        forge(path, "UPDATE journal_entries SET description = 'a gift' WHERE sequence = 2")
        status, printed = verify(proven)
        assert status == 1
        assert "FIRST BAD ROW: transactions.journal_entries sequence=2: the hash does not fit" in printed
        shutil.copy(tmp_path / "good.db", path)
        assert verify(proven)[0] == 0

    def test_an_older_copy_does_not_start(self, proven: Bank, tmp_path: Path) -> None:
        path = proven.folder.path / "transactions/transactions.db"
        shutil.copy(path, tmp_path / "older.db")
        proven.start()
        proven.new_customer(deposit_minor=700)
        proven.stop()
        shutil.copy(path, tmp_path / "newest.db")
        shutil.copy(tmp_path / "older.db", path)
        assert "the store is shorter than its anchor" in refuses(proven, "services.transactions.writer")
        with pytest.raises(BankFailed, match="the store is shorter than its anchor"):
            proven.start()
        status, printed = verify(proven)
        assert status == 1
        assert "anchor-in-ledger: 1 bad" in printed
        assert "as-notifications-heard-it: 1 bad" in printed
        shutil.copy(tmp_path / "newest.db", path)
        assert verify(proven)[0] == 0

    def test_a_deleted_store_does_not_start_and_reset_begins_anew(self, proven: Bank) -> None:
        path = proven.folder.path / "transactions/transactions.db"
        path.unlink()
        with pytest.raises(BankFailed, match="is missing or empty, but its anchor says"):
            proven.start()
        assert not path.exists()
        assert "missing or empty" in refuses(proven, "services.transactions.writer")
        reset = [sys.executable, "-m", "cli", "reset", "--yes", "--data-dir", str(proven.folder.path)]
        assert subprocess.run(reset, cwd=ROOT, env=os.environ, capture_output=True, check=False).returncode == 0
        assert not path.with_name(f"{path.name}.anchor").exists()
        proven.start()
        proven.new_customer(deposit_minor=1)
        assert verify(proven)[0] == 0
