"""Every refusal of the ledger, provoked through its real batch or its HTTP door: status, code, numbers, next step.

A code of the catalogue without an entry here fails `tests/architecture/test_refusals.py`.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.views.documents import PROBLEMS_FILE
from services.transactions.writing.batch import problem_answer
from services.transactions.writing.queue import QueueFull, WriterQueue
from shared.ids import new_id
from shared.money import MAX_BALANCE_MINOR
from tests.contract import day_refusals, reconciliation_refusals
from tests.contract.provoking import PROVOKED, Problem, asked, cash, provokes, told
from tests.services.transactions.conftest import (
    ACCOUNTS,
    ADA,
    BEN,
    DEPOSIT,
    PUT,
    TESS,
    TRANSFER,
    WITHDRAWAL,
    LedgerBench,
    transfer,
)
from tests.services.transactions.people import OLU, SAM

PLACE = "POST /api/v1/holds"
CAPTURE = "POST /api/v1/holds/{hold_id}/capture"
RELEASE = "POST /api/v1/holds/{hold_id}/release"
REVERSE = "POST /api/v1/transactions/{transaction_id}/reverse"
BATCH = "POST /api/v1/transfers/batch"
WHY = {"reason": "booked in error"}

__all__ = ["PROVOKED", "day_refusals", "reconciliation_refusals"]

CATALOGUE = {entry["code"]: entry for entry in json.loads(PROBLEMS_FILE.read_text())["problems"]}


def held(bench: LedgerBench, amount: int = 100) -> str:
    return str(bench.one(PLACE, cash(amount), ADA)[1]["id"])


WAYS = [{"action": "lower-amount", "amount_minor": 500}, {"action": "pay-in", "amount_minor": 1}]


@provokes("insufficient-funds", available_minor=500, amount_minor=501, held_minor=0, currency="EUR", options=WAYS)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, TRANSFER, transfer("a-ada", "a-ben", 501), ADA)


@provokes("cosignature-required", account_id="a-ada", owners=2)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.open("ada", version=2, owners=["c-ada", "c-ben"], mandate="both")
    return told(bench, WITHDRAWAL, cash(1), ADA)


@provokes("payee-cooling-off", limit_minor=50, used_minor=0, amount_minor=51, currency="EUR", is_listed=False)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.rules = replace(bench.rules, new_payee_limit_minor=50)
    return told(bench, TRANSFER, transfer("a-ada", "a-ben", 51), ADA)


@provokes("limit-exceeded", limit="per-day", limit_minor=50, used_minor=40, amount_minor=11, currency="EUR")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.deposit(bench.open("tight", owners=["c-ada"], limits={"per_day_minor": 50}), 100)
    bench.one(TRANSFER, transfer("a-tight", "a-ben", 40), ADA)
    problem = told(bench, TRANSFER, transfer("a-tight", "a-ben", 11), ADA)
    assert problem["renews_on"] > "2026"
    return problem


FEE = "POST /api/v1/ledger/fees"


@provokes("back-value-not-allowed", value_date="2026-01-01")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, FEE, cash(1, value_date="2026-01-01"), OLU)


@provokes("bad-value-date", value_date="9999-01-01")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, FEE, cash(1, value_date="9999-01-01"), SAM)


@provokes("same-account", account_id="a-ada")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, TRANSFER, transfer("a-ada", "a-ada", 1), ADA)


@provokes("account-not-found")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, TRANSFER, transfer("a-ada", "a-ben", 1), BEN)


@provokes("payee-not-found")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, TRANSFER, transfer("a-ada", "a-nobody", 1), ADA)


@provokes("account-not-open", account_id="a-shut", account_status="closed")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.open("shut", status="closed")
    return told(bench, TRANSFER, transfer("a-ada", "a-shut", 1), ADA)


@provokes("account-frozen", account_id="a-ice", freeze="credit")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.open("ice", freeze="credit")
    return told(bench, TRANSFER, transfer("a-ada", "a-ice", 1), ADA)


@provokes("currency-mismatch", account_id="a-ada", account_currency="EUR", currency="JPY")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, DEPOSIT, cash(1, currency="JPY"), TESS)


@provokes("cash-at-teller-only", account_id="a-desk", product="everyday")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    bench.open("desk", owners=["c-ada"], customer_may_deposit=False)
    return told(bench, WITHDRAWAL, cash(1, "a-desk"), ADA)


@provokes("balance-out-of-range", limit_minor=MAX_BALANCE_MINOR)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    with bench.store.write() as session:
        rich = f"UPDATE ledger_accounts SET booked_minor = {MAX_BALANCE_MINOR} WHERE id = 'a-ben'"
        session.connection().exec_driver_sql(rich)
    return told(bench, TRANSFER, transfer("a-ada", "a-ben", 1), ADA)


@provokes("hold-not-found")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, RELEASE, {}, BEN, hold_id=held(bench))


@provokes("hold-not-held", hold_status="released")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    hold = held(bench)
    bench.one(RELEASE, {}, ADA, hold_id=hold)
    return told(bench, CAPTURE, {}, TESS, hold_id=hold)


@provokes("over-capture", amount_minor=101, open_minor=100)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, CAPTURE, {"amount_minor": 101}, TESS, hold_id=held(bench))


@provokes("bad-expiry", longest_days=366)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, PLACE, cash(1, expires_at="2020-01-01T00:00:00Z"), ADA)


@provokes("transaction-not-found")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, REVERSE, WHY, OLU, transaction_id=new_id())


def paid(bench: LedgerBench) -> str:
    return str(bench.one(TRANSFER, transfer("a-ada", "a-ben", 5), ADA)[1]["id"])


@provokes("already-reversed")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    entry = paid(bench)
    undone = bench.one(REVERSE, WHY, OLU, transaction_id=entry)[1]["id"]
    problem = told(bench, REVERSE, WHY, OLU, transaction_id=entry)
    assert (problem["transaction_id"], problem["reversed_by"]) == (entry, undone)
    return problem


@provokes("reversal-not-reversible")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    undone = bench.one(REVERSE, WHY, OLU, transaction_id=paid(bench))[1]["id"]
    return told(bench, REVERSE, WHY, OLU, transaction_id=undone)


@provokes("batch-refused", index=1)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    legs = [transfer("a-ada", "a-ben", 300), transfer("a-ada", "a-ben", 300)]
    problem = told(bench, BATCH, {"transfers": legs, "atomic": True}, ADA)
    inner = problem["problem"]
    assert (inner["code"], inner["available_minor"]) == ("transactions.insufficient-funds", 200)
    assert inner["next_step"] == CATALOGUE["transactions.insufficient-funds"]["next_step"]
    return problem


def contract(**changed: Any) -> dict[str, Any]:
    kept = {"version": 2, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "everyday"}
    return {**kept, "currency": "EUR", "branch_id": "main", **changed}


@provokes("account-not-empty", account_id="a-ada", booked_minor=500, held_minor=100)
def _(bench: LedgerBench, _folder: Path) -> Problem:
    held(bench)
    return told(bench, PUT, contract(status="closed"), ACCOUNTS, account_id="a-ada")


@provokes("payout-over-limit", account_id="a-ada", booked_minor=500, limit_minor=499, currency="EUR")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    closing = contract(status="closed", payout_account_id="a-ben", payout_limit_minor=499)
    return told(bench, PUT, closing, ACCOUNTS, account_id="a-ada")


@provokes("contract-fixed", account_id="a-ada")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    return told(bench, PUT, contract(currency="JPY"), ACCOUNTS, account_id="a-ada")


@provokes("queue-full")
def _(bench: LedgerBench, _folder: Path) -> Problem:
    queue = WriterQueue(bench.store, limit=0, batch_postings=10)
    with pytest.raises(QueueFull) as full:
        queue.submit(bench.submission(TRANSFER, transfer("a-ada", "a-ben", 1), ADA))
    answer = problem_answer(full.value, request_id="r")
    assert int(answer.headers["retry-after"]) >= 1
    return {**json.loads(answer.body), "came_with": answer.status}


@provokes("bad-balance-query", accounts=0, limit=100)
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/balances?account_ids=", "ada")


class TestEachRefusalOfTheLedger:
    @pytest.mark.parametrize("code", sorted(PROVOKED))
    def test_names_its_rule_its_numbers_and_the_next_step(self, code: str, bench: LedgerBench, tmp_path: Path) -> None:
        bench.deposit(bench.open("ada"), 500)
        bench.open("ben")
        provoke, numbers = PROVOKED[code]
        problem = provoke(bench, tmp_path)
        published = CATALOGUE[code]
        assert problem["code"] == code
        assert problem["status"] == problem["came_with"] == published["status"]
        assert (problem["title"], problem["next_step"]) == (published["title"], published["next_step"])
        assert problem["detail"]
        assert problem["type"] == f"/api/problems#{code}"
        assert {name: problem.get(name) for name in numbers} == numbers
