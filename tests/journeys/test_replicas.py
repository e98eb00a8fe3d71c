"""Three replicas of the ledger on one PostgreSQL: one balance is spent once, one key books once, facts come once."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from shared.ids import new_id
from tests.builders.bank import ROOT, Bank
from tests.builders.bank_customer import BankCustomer
from tests.builders.replicas import LedgerReplica

pytestmark = pytest.mark.postgres

Doors = list[httpx.Client]


@pytest.fixture(scope="module")
def replicas(bank: Bank) -> Iterator[list[LedgerReplica]]:
    """Give two replicas beside the bank's own; a killed one is started again by its test."""
    more = [LedgerReplica(bank, number) for number in (2, 3)]
    try:
        yield [replica.start() for replica in more]
    finally:
        for replica in more:
            replica.stop()


@pytest.fixture
def doors(bank: Bank, replicas: list[LedgerReplica]) -> Iterator[Doors]:
    """Give a client of each of the three doors."""
    limits = httpx.Limits(max_connections=40)
    urls = [bank.url_of("transactions"), *(replica.url for replica in replicas)]
    clients = [httpx.Client(base_url=f"{url}/api/v1", timeout=30.0, limits=limits, trust_env=False) for url in urls]
    yield clients
    for client in clients:
        client.close()


def pay(door: httpx.Client, payer: BankCustomer, payee: BankCustomer, amount: int, key: str = "") -> httpx.Response:
    """Order a transfer at one door."""
    body = {
        "from_account_id": payer.account_id,
        "to_account_number": payee.account["account_number"],
        "amount_minor": amount,
        "currency": "EUR",
    }
    headers = {"authorization": f"Bearer {payer.token}", "idempotency-key": key or new_id()}
    return door.post("/transfers", json=body, headers=headers)


def at_once(calls: int, call: Callable[[int], httpx.Response], *, hands: int = 45) -> list[httpx.Response]:
    """Run a call many times at once; each gets its number."""
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(call, range(calls)))


def connected(bank: Bank) -> "psycopg.Connection[tuple[Any, ...]]":
    """Connect to the ledger's schema of the bank's database."""
    return psycopg.connect(bank.environment["TRANSACTIONS_DATABASE_URL"], options="-c search_path=transactions")


def rows(bank: Bank, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the bank's database."""
    with connected(bank) as connection:
        return list(connection.execute(query.encode(), values))


def check_ledger(bank: Bank) -> None:
    """Check what must hold of any ledger: numbers without gaps, one chain, sums of zero, balances of postings."""
    sequences = [row[0] for row in rows(bank, "SELECT sequence FROM journal_entries ORDER BY sequence")]
    assert sequences == list(range(1, len(sequences) + 1))
    facts = [row[0] for row in rows(bank, "SELECT sequence FROM outbox ORDER BY sequence")]
    assert facts == list(range(1, len(facts) + 1))
    audits = [row[0] for row in rows(bank, "SELECT sequence FROM audit ORDER BY sequence")]
    assert audits == list(range(1, len(audits) + 1))
    link = """
        SELECT 1 FROM (SELECT fact ->> 'previoushash' <> lag(fact ->> 'hash') OVER (ORDER BY sequence) AS broken
                       FROM (SELECT sequence, envelope::json AS fact FROM outbox) AS facts) AS links WHERE broken"""
    assert rows(bank, link) == []
    signed = "sum(CASE direction WHEN 'debit' THEN amount_minor ELSE -amount_minor END)"
    assert rows(bank, f"SELECT entry_sequence FROM postings GROUP BY 1 HAVING {signed} <> 0") == []
    wrong = """
        SELECT a.id FROM ledger_accounts a LEFT JOIN postings p ON p.account_id = a.id GROUP BY a.id
        HAVING a.booked_minor <> coalesce(sum(CASE WHEN p.direction = a.normal THEN p.amount_minor
                                                   ELSE -p.amount_minor END), 0)"""
    assert rows(bank, wrong) == []
    back = """
        SELECT 1 FROM (SELECT booked_at < lag(booked_at) OVER (ORDER BY sequence)
                              OR business_date < lag(business_date) OVER (ORDER BY sequence) AS back
                       FROM journal_entries) AS times WHERE back"""
    assert rows(bank, back) == []


class TestThreeReplicas:
    def test_spend_one_balance_once(self, bank: Bank, doors: Doors) -> None:
        payer, payee = bank.new_customer(deposit_minor=5_000), bank.new_customer()
        answers = at_once(200, lambda number: pay(doors[number % 3], payer, payee, 100))
        assert Counter(answer.status_code for answer in answers) == {201: 50, 409: 150}
        assert {a.json()["code"] for a in answers if a.status_code == 409} == {"transactions.insufficient-funds"}
        assert (payer.booked_minor(), payee.booked_minor()) == (0, 5_000)
        check_ledger(bank)

    def test_book_one_key_once(self, bank: Bank, doors: Doors) -> None:
        payer, payee = bank.new_customer(deposit_minor=5_000), bank.new_customer()
        key = new_id()
        answers = at_once(50, lambda number: pay(doors[number % 3], payer, payee, 100, key))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        replayed = Counter(answer.headers.get("idempotency-replayed") for answer in answers)
        assert replayed == {"true": 49, None: 1}
        assert payer.booked_minor() == 4_900

    def test_keep_a_refusal_under_its_key_and_refuse_another_body(self, bank: Bank, doors: Doors) -> None:
        payer, payee = bank.new_customer(deposit_minor=100), bank.new_customer()
        key = new_id()
        answers = at_once(30, lambda number: pay(doors[number % 3], payer, payee, 200 + number % 2, key))
        told = Counter((answer.status_code, answer.json()["code"]) for answer in answers)
        assert told == {(409, "transactions.insufficient-funds"): 15, (422, "idempotency.key-reused"): 15}

    def test_pay_each_other_without_a_deadlock(self, bank: Bank, doors: Doors) -> None:
        ada, ben = bank.new_customer(deposit_minor=50_000), bank.new_customer(deposit_minor=50_000)

        def one(number: int) -> httpx.Response:
            payer, payee = (ada, ben) if number % 2 else (ben, ada)
            return pay(doors[number % 3], payer, payee, 1 + number % 7)

        answers = at_once(300, one)
        assert Counter(answer.status_code for answer in answers) == {201: 300}
        assert ada.booked_minor() + ben.booked_minor() == 100_000
        check_ledger(bank)

    def test_open_an_internal_account_together(self, bank: Bank, doors: Doors) -> None:
        """The first captures over clearing all want to open that account: the losers decide anew."""
        owner = bank.new_customer(deposit_minor=1_000)
        tess = bank.login_demo("tess")

        def hold(number: int) -> httpx.Response:
            body = {"account_id": owner.account_id, "amount_minor": 10, "currency": "EUR", "description": "card"}
            headers = {"authorization": f"Bearer {tess}", "idempotency-key": new_id()}
            return doors[number % 3].post("/holds", json=body, headers=headers)

        def capture(held: httpx.Response, number: int) -> httpx.Response:
            headers = {"authorization": f"Bearer {tess}", "idempotency-key": new_id()}
            body = {"amount_minor": 10, "final": True}
            return doors[number % 3].post(f"/holds/{held.json()['id']}/capture", json=body, headers=headers)

        holds = at_once(12, hold)
        assert {answer.status_code for answer in holds} == {201}, holds[0].text
        answers = at_once(24, lambda number: capture(holds[number % 12], number))  # each twice: one wins
        assert Counter(answer.status_code for answer in answers) == {201: 12, 409: 12}
        assert owner.booked_minor() == 880
        check_ledger(bank)


class TestKilledReplica:
    def test_loses_nothing_that_it_acknowledged(self, bank: Bank, doors: Doors, replicas: list[LedgerReplica]) -> None:
        payer, payee = bank.new_customer(deposit_minor=100_000), bank.new_customer()
        acknowledged: list[str] = []
        unknown: list[str] = []
        stop = threading.Event()

        def load(door: httpx.Client) -> None:
            while not stop.is_set():
                key = new_id()
                try:
                    answer = pay(door, payer, payee, 1, key)
                except httpx.TransportError:
                    unknown.append(key)
                    continue
                assert answer.status_code in (201, 503), answer.text
                (acknowledged if answer.status_code == 201 else unknown).append(key)

        threads = [threading.Thread(target=load, args=(doors[number % 3],)) for number in range(12)]
        for thread in threads:
            thread.start()
        bank.wait_until(lambda: len(acknowledged) > 200, timeout_seconds=30)
        replicas[1].kill()
        reached = len(acknowledged)
        bank.wait_until(lambda: len(acknowledged) > reached + 200, timeout_seconds=30)
        stop.set()
        for thread in threads:
            thread.join()
        replicas[1].start()
        booked = [row[0] for row in rows(bank, "SELECT key FROM idempotency WHERE status = 201")]
        assert set(acknowledged) <= set(booked)
        assert len(acknowledged) == len(set(acknowledged))
        repeated = at_once(20, lambda number: pay(doors[number % 3], payer, payee, 1, acknowledged[-1 - number]))
        assert {answer.headers.get("idempotency-replayed") for answer in repeated} == {"true"}
        mine = set(rows(bank, "SELECT id FROM journal_entries WHERE payer_account_id = %s", payer.account_id))
        assert len(acknowledged) <= len(mine) <= len(acknowledged) + len(unknown)
        assert payee.booked_minor() == len(mine)
        check_ledger(bank)

    def test_leaves_the_relay_to_another_one(self, bank: Bank, doors: Doors, replicas: list[LedgerReplica]) -> None:
        """The bank's own replica led first; without it another publishes, and what was booked is told once."""
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        bank.wait_until(lambda: _told(payee) == 0)
        bank.stop_process("transactions")
        try:
            answers = at_once(20, lambda number: pay(doors[1 + number % 2], payer, payee, 1))
            assert {answer.status_code for answer in answers} == {201}
            bank.wait_until(lambda: _told(payee) == 20, timeout_seconds=60)  # nobody can be asked: it was published
        finally:
            bank.start_process("transactions")
            bank.wait_ready("transactions")
        assert _told(payee) == 20


class TestTheWholeBank:
    def test_is_verified_on_postgresql_as_on_sqlite(self, bank: Bank, doors: Doors) -> None:
        """After all that came before; a forged balance is found and named."""
        told = verify(bank)
        assert told.returncode == 0, told.stdout + told.stderr
        with psycopg.connect(
            bank.environment["TRANSACTIONS_DATABASE_URL"], options="-c search_path=transactions"
        ) as db:
            db.execute("UPDATE ledger_accounts SET booked_minor = booked_minor + 1 WHERE kind = 'clearing'")
        told = verify(bank)
        assert told.returncode == 1
        assert "ledger_accounts" in told.stdout + told.stderr


def verify(bank: Bank) -> subprocess.CompletedProcess[str]:
    """Run `strongroom verify` on the running bank."""
    command = [sys.executable, "-m", "cli", "verify"]
    return subprocess.run(command, cwd=ROOT, env=bank.environment, capture_output=True, text=True, check=False)


def _told(customer: BankCustomer) -> int:
    """Count what the customer's inbox says of money received."""
    return sum(item["kind"] == "transfer-in" for item in customer.inbox())
