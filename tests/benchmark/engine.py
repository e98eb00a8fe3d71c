"""The engine alone: batches of 256 transfers through `commit_batch` on a store of its own, no process, no HTTP.

`prepare` makes a store with accounts and money, once. `measure` books on a copy of it, in a process of its own:
`python -m tests.benchmark.engine <folder> <uniform|hot> <batches>` prints its result as JSON.
"""

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from services.transactions.domain.bank_rules import SANDBOX_RULES
from services.transactions.writer import settle_memory
from services.transactions.writing.batch import commit_batch
from services.transactions.writing.submission import Submission
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import tables_of
from tests.benchmark.ledger_check import Ledger
from tests.benchmark.traffic import Traffic, TrafficPlan
from tests.services.transactions.conftest import ACCOUNTS, LedgerBench

BATCH = 256
DEPOSIT_MINOR = 1_000_000
PEOPLE = "people.json"
TEMPLATE = "template.db"


def open_store(path: Path) -> Store:
    """Open a ledger's store, with the settings that the bank's processes use."""
    return Store(f"sqlite:///{path}", service="transactions", plumbing=tables_of("transactions")[1])


def sandbox_ledger(store: Store) -> LedgerBench:
    """Give what makes submissions as the intake does, under the sandbox's rules, as in the running bank."""
    ledger = LedgerBench(store)
    ledger.rules = SANDBOX_RULES
    return ledger


def prepare(folder: Path, *, people: int, accounts: int) -> None:
    """Make a store with accounts and money on them, and a file that says whose they are."""
    folder.mkdir(parents=True)
    store = open_store(folder / TEMPLATE)
    migrate(store)
    ledger = sandbox_ledger(store)
    owned: list[dict[str, Any]] = [{"token": new_id(), "accounts": []} for _ in range(people)]
    for start in range(0, accounts, 500):
        numbers = range(start, min(start + 500, accounts))
        fresh = [(number, owned[number % people], new_id()) for number in numbers]
        _book(ledger.store, [_contract(ledger, *one) for one in fresh])
        _book(ledger.store, [_deposit(ledger, person, account) for _, person, account in fresh])
        for _, person, account in fresh:
            person["accounts"].append(account)
    store.close()
    (folder / PEOPLE).write_text(json.dumps(owned))


def _book(store: Store, submissions: list[Submission]) -> list[bytes]:
    answers = commit_batch(store, submissions)
    refused = [answer.body for answer in answers if answer.status >= 300]
    if refused:
        raise RuntimeError(f"{len(refused)} of {len(answers)} were not booked: {refused[0][:300].decode()}")
    return [answer.body for answer in answers]


def _caller(person: dict[str, Any]) -> Caller:
    name = person["token"]
    return Caller(user_id=name, customer_id=name, roles=frozenset({"customer"}), session_id=name)


def _contract(ledger: LedgerBench, number: int, person: dict[str, Any], account: str) -> Submission:
    contract = {
        "version": 1,
        "account_number": f"DE00{number:018d}",
        "owners": [person["token"]],
        "holder_name": "Bente Bench",
        "product": "everyday",
        "currency": "EUR",
        "branch_id": "main",
        "customer_may_deposit": True,
        "limits": {"kyc_level": 2},
    }
    return ledger.submission("PUT /internal/ledger-accounts/{account_id}", contract, ACCOUNTS, account_id=account)


def _deposit(ledger: LedgerBench, person: dict[str, Any], account: str) -> Submission:
    body = {"account_id": account, "amount_minor": DEPOSIT_MINOR, "currency": "EUR"}
    return ledger.submission("POST /api/v1/deposits", body, _caller(person), key=new_id())


def engine_traffic(folder: Path, *, hot: bool, seed: int) -> tuple[list[dict[str, Any]], Traffic]:
    """Give the people of a prepared store and their transfers."""
    people: list[dict[str, Any]] = json.loads((folder / PEOPLE).read_text())
    plan: TrafficPlan = {
        "host": "",
        "path": "",
        "run": "engine",
        "seed": seed,
        "per_request": 1,
        "hot": people[0]["accounts"][0] if hot else None,
        "users": people,
    }
    return people, Traffic(plan)


def measure(folder: Path, *, hot: bool, batches: int) -> dict[str, Any]:
    """Book on a copy of the prepared store, which stays as `booked.db`; check the books afterwards."""
    path = folder / "booked.db"
    shutil.copyfile(folder / TEMPLATE, path)
    store = open_store(path)
    ledger = sandbox_ledger(store)
    people, traffic = engine_traffic(folder, hot=hot, seed=1)
    work = []
    for batch in range(batches):
        orders = [traffic.transfer(batch * BATCH + number) for number in range(BATCH)]
        route = "POST /api/v1/transfers"
        work.append(
            [ledger.submission(route, json.loads(body), _caller(people[user]), key=new_id()) for user, body in orders]
        )
    books = Ledger(path)
    before = books.state()
    settle_memory()
    acknowledged = []
    cpu, began = time.process_time(), time.perf_counter()
    for submissions in work:
        acknowledged += _book(store, submissions)
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    wrong = books.check(before, [json.loads(body)["id"] for body in acknowledged])
    books.close()
    store.close()
    booked = batches * BATCH
    return {
        "transfers_per_second": booked / seconds,
        "cpu_us": used * 1e6 / booked,
        "transfers": booked,
        "wrong": wrong,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), hot=sys.argv[2] == "hot", batches=int(sys.argv[3]))))  # noqa: T201
