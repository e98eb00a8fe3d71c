"""`strongroom verify` on the stores of a small bank: all well, then one row after another forged."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from cli.bank_secrets import SERVICES
from cli.data_folder import DataFolder, Refused
from cli.steps import Steps
from cli.verify import store_urls, verify
from services.transactions.store.start_checks import open_anchor
from shared.contracts.accounts import AccountOpened
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts
from shared.streams.cursors import Cursor, save_cursor
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer
from tests.services.transactions.forgery import forge

pytestmark = pytest.mark.sqlite  # a forger's work on files; a bank on PostgreSQL is verified by `test_replicas.py`

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make_store(make_store_beside: Callable[[str], Store]) -> Callable[[str], Store]:
    return make_store_beside


@pytest.fixture
def bank(make_store: Callable[[str], Store], tmp_path: Path) -> Path:
    """Give the data folder of a bank with a few entries, facts that were applied, and records of `accounts`."""
    stores = {service: make_store(service) for service in SERVICES}
    ledger = LedgerBench(stores["transactions"])
    payer, payee = ledger.open("ada"), ledger.open("ben")
    ledger.deposit(payer, 1_000)
    for amount in (1, 2, 3, 4):
        ledger.one(TRANSFER, transfer(payer, payee, amount), ADA)
    hold = {"account_id": payer, "amount_minor": 40, "currency": "EUR"}
    ledger.one("POST /api/v1/holds", hold, ADA)
    anchor = open_anchor(ledger.store)
    assert anchor is not None
    anchor.close()
    opened = AccountOpened(account_id="a", owners=["c"], product="current", currency="EUR", branch_id="main")
    with stores["accounts"].write() as session:
        for number in range(3):
            record_audit(
                session,
                caller=Caller.for_service("accounts"),
                command="open",
                subject_type="account",
                subject_id=str(number),
            )
            append_facts(session, opened)
    with stores["transactions"].read() as session:
        head = session.connection().exec_driver_sql("SELECT sequence, hash FROM stream_head").one()
    with stores["notifications"].write() as session:
        save_cursor(session, Cursor("transactions", epoch=1, sequence=head[0], hash=head[1]))
    for store in stores.values():
        store.close()
    return tmp_path


def verified(bank: Path) -> tuple[bool, str]:
    """Verify a bank; gives whether all is well and what was printed."""
    printed = io.StringIO()
    steps = Steps()
    steps.console = Console(file=printed, width=400)
    return verify(store_urls(DataFolder.at(bank), []), steps), printed.getvalue()


FORGERIES = {
    # service, statement → what the line of the first bad row must have
    "an entry's amount": ("transactions", "UPDATE journal_entries SET amount_minor = 9 WHERE sequence = 3",
                          "transactions.journal_entries sequence=3: the hash"),
    "an entry's payee": ("transactions", "UPDATE journal_entries SET payee_account_id = 'a-eve' WHERE sequence = 2",
                         "transactions.journal_entries sequence=2: the hash"),
    "an entry's hash": ("transactions", "UPDATE journal_entries SET hash = 'f' WHERE sequence = 4",
                        "transactions.journal_entries sequence=4: the hash"),
    "an entry taken out": ("transactions", "DELETE FROM journal_entries WHERE sequence = 3",
                           "transactions.postings entry_sequence=3 leg=0: its entry is missing"),
    "a posting's amount": ("transactions", "UPDATE postings SET amount_minor = 7 WHERE entry_sequence = 3 AND leg = 1",
                           ("transactions.postings entry_sequence=3: debits and credits differ in EUR "
                            "(expected credits of 2, found 7)")),
    "a posting's account": ("transactions",
                            "UPDATE postings SET account_id = 'a-eve' WHERE entry_sequence = 3 AND leg = 1",
                            "transactions.postings entry_sequence=3 leg=1: no account a-eve"),
    "a running balance": ("transactions",
                          "UPDATE postings SET balance_after_minor = 999 WHERE entry_sequence = 5 AND leg = 0",
                          "transactions.journal_entries sequence=5: the hash"),
    "a posting taken out": ("transactions", "DELETE FROM postings WHERE entry_sequence = 2 AND leg = 0",
                            "transactions.postings entry_sequence=2: debits and credits differ"),
    "a balance": ("transactions", "UPDATE ledger_accounts SET booked_minor = 5000 WHERE id = 'a-ben'",
                  ("transactions.ledger_accounts id=a-ben: booked_minor is not the sum of its postings (expected 10, "
                  "found 5000)")),
    "money set aside": ("transactions", "UPDATE ledger_accounts SET held_minor = 0 WHERE id = 'a-ada'",
                        ("transactions.ledger_accounts id=a-ada: held_minor is not what is open of its holds (expected "
                        "40, found 0)")),
    "a hold": ("transactions", "UPDATE holds SET amount_minor = 4",
               "transactions.ledger_accounts id=a-ada: held_minor is not what is open of its holds"),
    "a hold's parts": ("transactions", "UPDATE holds SET status = 'released'",
                       "transactions.ledger_accounts id=a-ada: held_minor"),
    "the business date": ("transactions", "UPDATE business_date SET business_date = '2001-01-01'",
                          "transactions.business_date id=1: is before the newest entry's"),
    "a kept answer": ("transactions",
                      "DELETE FROM idempotency WHERE body LIKE '%\"amount_minor\":3%' AND route LIKE '%transfers'",
                      "transactions.journal_entries sequence=4: has no kept answer"),
    "an answer's entry": ("transactions",
                          ("UPDATE idempotency SET body = replace(body, '{\"id\":\"', '{\"id\":\"x') "
                          "WHERE body LIKE '%\"amount_minor\":3%' AND route LIKE '%transfers'"),
                          "transactions.journal_entries sequence=4: has no kept answer"),
    "who commanded": ("transactions", "UPDATE audit SET user_id = 'u-eve' WHERE sequence = 5",
                      "transactions.audit sequence=5: the hash"),
    "a record taken out": ("transactions", "DELETE FROM audit WHERE sequence = 1",
                           "transactions.audit sequence=2: rows are missing"),
    "a fact": ("transactions", "UPDATE outbox SET envelope = replace(envelope, 'c-ben', 'c-eve') WHERE sequence = 3",
               "transactions.outbox lane=0 sequence=3: the hash"),
    "a fact's number": ("transactions", "UPDATE outbox SET sequence = 99 WHERE sequence = 6",
                        "transactions.outbox lane=0 sequence=99: rows are missing"),
    "a fact taken out": ("transactions", "DELETE FROM outbox WHERE sequence = 3",
                         "transactions.journal_entries sequence=3: has no fact in the outbox"),
    "the head": ("transactions", "UPDATE stream_head SET hash = 'f'", "transactions.stream_head lane=0: the hash"),
    "a contract": ("transactions", "UPDATE ledger_accounts SET contract_version = 0 WHERE id = 'a-ben'",
                   "transactions.ledger_accounts id=a-ben: a customer account"),
    "an audit record of another service": ("accounts", "UPDATE audit SET subject_id = '7' WHERE sequence = 2",
                                           "accounts.audit sequence=2: the hash"),
    "a fact of another service": ("accounts",
                                  ("UPDATE outbox SET envelope = replace(envelope, 'current', 'savings') "
                                  "WHERE sequence = 2"),
                                  "accounts.outbox lane=0 sequence=2: the hash"),
    "what a consumer applied": ("notifications", "UPDATE cursors SET sequence = 99",
                                "transactions.stream_head lane=0: is behind what notifications has applied"),
    "what a consumer heard": ("notifications", "UPDATE cursors SET hash = 'f'",
                              "transactions.outbox lane=0 sequence=6: is another fact than the one that notifications"),
}  # fmt: skip


class TestVerify:
    def test_finds_nothing_wrong_with_a_bank_that_is_as_it_was_written(self, bank: Path) -> None:
        well, printed = verified(bank)
        assert well, printed
        assert "Nothing is wrong" in printed

    @pytest.mark.parametrize("what", FORGERIES)
    def test_names_the_row_that_was_forged(self, bank: Path, what: str) -> None:
        service, statement, named = FORGERIES[what]
        forge(bank / service / f"{service}.db", statement, service=service)
        well, printed = verified(bank)
        assert not well
        assert f"FIRST BAD ROW: {named}" in printed, printed

    def test_sees_that_triggers_are_gone(self, bank: Path) -> None:
        import pysqlite3

        connection = pysqlite3.connect(str(bank / "transactions/transactions.db"))
        connection.execute("DROP TRIGGER postings_no_update")
        connection.close()
        well, printed = verified(bank)
        assert (well, "has lost its triggers postings_no_update" in printed) == (False, True)

    def test_sees_an_older_copy_by_its_anchor(self, bank: Path) -> None:
        path = bank / "transactions/transactions.db"
        forge(
            path,
            "DELETE FROM postings WHERE entry_sequence = 5",
            "DELETE FROM journal_entries WHERE sequence = 5",
        )
        assert "anchor-in-ledger: 1 bad, first: journal_entries sequence=4: the store is shorter" in verified(bank)[1]

    def test_sees_a_history_that_was_chained_anew(self, bank: Path, make_store: Callable[[str], Store]) -> None:
        """A forger who computes every hash again is caught by the anchor and by what others hold."""
        other = LedgerBench(_fresh(bank / "forged"))
        payer, payee = other.open("ada"), other.open("ben")
        other.deposit(payer, 9_000)
        for amount in (1, 2, 3, 4):
            other.one(TRANSFER, transfer(payer, payee, amount), ADA)
        other.one("POST /api/v1/holds", {"account_id": payer, "amount_minor": 40, "currency": "EUR"}, ADA)
        other.store.close()
        for end in ("", "-wal", "-shm"):
            (bank / f"transactions/transactions.db{end}").unlink(missing_ok=True)
        shutil.copy(other.store.path, bank / "transactions/transactions.db")
        _, printed = verified(bank)
        assert (
            "anchor-in-ledger: 1 bad, first: journal_entries sequence=5: the entry at the anchor is another" in printed
        )
        assert "as-notifications-heard-it: 1 bad" in printed

    def test_refuses_a_folder_without_a_bank_and_a_lost_store(self, bank: Path, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="no store of identity"):
            verified(tmp_path / "nowhere")
        (bank / "transactions/transactions.db").unlink()
        with pytest.raises(Refused, match="missing or empty, but its anchor says that it held 5 entries"):
            verified(bank)
        assert not (bank / "transactions/transactions.db").exists()

    def test_ends_with_status_0_or_1_as_a_command(self, bank: Path) -> None:
        command = [sys.executable, "-m", "cli", "verify", "--data-dir", str(bank)]
        good = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
        assert (good.returncode, good.stderr) == (0, ""), good.stdout
        forge(bank / "transactions/transactions.db", "UPDATE ledger_accounts SET booked_minor = 1 WHERE id = 'a-ben'")
        bad = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
        assert bad.returncode == 1
        assert "FIRST BAD ROW: transactions.ledger_accounts id=a-ben" in bad.stdout


def _fresh(folder: Path) -> Store:
    from shared.store.migrate import migrate, open_store

    store = open_store("transactions", f"sqlite:///{folder}/transactions.db")
    migrate(store)
    return store
