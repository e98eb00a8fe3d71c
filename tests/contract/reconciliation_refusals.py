"""How the refusals around reconciliations are provoked, at the HTTP door."""

from pathlib import Path

from services.transactions.domain.bank_line import MAX_LINES
from tests.builders.bank_files import csv_file
from tests.contract.provoking import Problem, asked, cash, provokes
from tests.services.transactions.conftest import ADA, DEPOSIT, LedgerBench


def upload(bench: LedgerBench, folder: Path, *rows: str) -> Problem:
    kind = {"content-type": "text/csv"}
    return asked(bench, folder, "POST", "/reconciliations?currency=EUR", content=csv_file(*rows), headers=kind)


@provokes("bank-file-unreadable", line=2, field="amount")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return upload(bench, folder, "2026-01-01,,1.234,EUR,,")


@provokes("bank-file-too-long", limit=MAX_LINES)
def _(bench: LedgerBench, folder: Path) -> Problem:
    return upload(bench, folder, *["2026-01-01,,1,EUR,,"] * (MAX_LINES + 1))


@provokes("statement-already-reconciled")
def _(bench: LedgerBench, folder: Path) -> Problem:
    first = upload(bench, folder, "2026-01-01,,1,EUR,,")["id"]
    problem = upload(bench, folder, "2026-01-01,,1,EUR,,")
    assert problem["reconciliation_id"] == first
    return problem


@provokes("reconciliation-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/reconciliations/none")


def match(bench: LedgerBench, folder: Path, made: str, line: int, entry: str, method: str = "POST") -> Problem:
    body = {"json": {"transaction_id": entry, "reason": "seen by eye"}} if method == "POST" else {}
    return asked(bench, folder, method, f"/reconciliations/{made}/lines/{line}/match", **body)


def own_deposit(bench: LedgerBench) -> str:
    return str(bench.one(DEPOSIT, cash(100), ADA)[1]["id"])


@provokes("line-already-matched", line=2)
def _(bench: LedgerBench, folder: Path) -> Problem:
    made, entry = upload(bench, folder, "2026-01-01,,1,EUR,,")["id"], own_deposit(bench)
    match(bench, folder, made, 2, entry)
    return match(bench, folder, made, 2, entry)


@provokes("posting-already-matched", line=2)
def _(bench: LedgerBench, folder: Path) -> Problem:
    made = upload(bench, folder, "2026-01-01,,1,EUR,,", "2026-01-01,,1,EUR,,")["id"]
    entry = own_deposit(bench)
    match(bench, folder, made, 2, entry)
    return match(bench, folder, made, 3, entry)


@provokes("match-differs", wanted_amount_minor=200, amount_minor=100, wanted_direction="debit")
def _(bench: LedgerBench, folder: Path) -> Problem:
    made = upload(bench, folder, "2026-01-01,,2,EUR,,")["id"]
    return match(bench, folder, made, 2, own_deposit(bench))


@provokes("line-not-matched", line=2)
def _(bench: LedgerBench, folder: Path) -> Problem:
    made = upload(bench, folder, "2026-01-01,,1,EUR,,")["id"]
    return match(bench, folder, made, 2, "", "DELETE")
