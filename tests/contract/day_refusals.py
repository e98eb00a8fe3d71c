"""How the refusals around the banking day are provoked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.clock import bank_now
from shared.store.jobs import enqueue_job, finish_job
from tests.contract.provoking import Problem, asked, provokes, told
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.day_bench import LEDGER
from tests.services.transactions.people import board_of, door


@provokes("wrong-business-date", closing="2000-01-01")
def _(bench: LedgerBench, folder: Path) -> Problem:
    order = {"closing": "2000-01-01", "opening": "2000-01-02"}
    return told(bench, "POST /internal/business-date/close", order, LEDGER)


@provokes("no-such-posting")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/interest/a-ada/postings/2027-01/credit")


def order(bench: LedgerBench, folder: Path, **changed: Any) -> Problem:
    bench.open("cleo")
    body = {"from_account_id": "a-ada", "to_account_number": "DE00CLEO", "amount_minor": 5, "currency": "EUR",
            "start_on": "2090-01-01", **changed}  # fmt: skip
    return asked(bench, folder, "POST", "/standing-orders", who="ada", json=body)


@provokes("bad-order-days", start_on="2000-01-01")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return order(bench, folder, start_on="2000-01-01")


@provokes("order-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/standing-orders/none", who="ada")


@provokes("order-changed", current_version=1)
def _(bench: LedgerBench, folder: Path) -> Problem:
    made = order(bench, folder)["id"]
    change = {"amount_minor": 4, "version": 7}
    return asked(bench, folder, "PATCH", f"/standing-orders/{made}", who="ada", json=change)


@provokes("order-ended", order_status="cancelled")
def _(bench: LedgerBench, folder: Path) -> Problem:
    made = order(bench, folder)["id"]
    with door(bench, folder, "ada") as http:
        assert http.delete(f"/api/v1/standing-orders/{made}").status_code == 204
    change = {"amount_minor": 4, "version": 2}
    return asked(bench, folder, "PATCH", f"/standing-orders/{made}", who="ada", json=change)


@provokes("statement-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/statements/none", who="ada")


@provokes("statement-not-ready")
def _(bench: LedgerBench, folder: Path) -> Problem:
    body = {"account_id": "a-ada", "from": "2026-01-01", "to": "2026-01-02"}
    made = asked(bench, folder, "POST", "/statements", who="ada", json=body)["id"]
    return asked(bench, folder, "GET", f"/statements/{made}", who="ada")


@provokes("bad-statement-days", to="2026-01-01")
def _(bench: LedgerBench, folder: Path) -> Problem:
    body = {"account_id": "a-ada", "from": "2026-01-02", "to": "2026-01-01"}
    return asked(bench, folder, "POST", "/statements", who="ada", json=body)


@provokes("clock-fixed")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})


@provokes("already-advancing")
def _(bench: LedgerBench, folder: Path) -> Problem:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANK_ENVIRONMENT", "sandbox")
        asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})
        return asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})


def closed(bench: LedgerBench, folder: Path, day: date) -> Problem:
    body = {"day": day.isoformat(), "name": "Moving house", "reason": "The vault is moved"}
    return asked(bench, folder, "POST", "/holidays", who="sam", json=body)


def ahead(weekday: int) -> date:
    """Give such a day of the week in the middle of next June, when TARGET has no holidays."""
    day = date(bank_now().year + 1, 6, 15)
    return day + timedelta(days=weekday - day.weekday())


@provokes("bad-holiday")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return closed(bench, folder, date(2000, 1, 3))


@provokes("already-closed")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return closed(bench, folder, ahead(5))


@provokes("closed-too-long", days=11, longest_days=10)
def _(bench: LedgerBench, folder: Path) -> Problem:
    for number in range(6):
        closed(bench, folder, ahead(number) if number < 5 else ahead(0) - timedelta(days=3))
    return closed(bench, folder, ahead(0) - timedelta(days=4))


@provokes("holiday-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    body = {"reason": "The vault stays"}
    return asked(bench, folder, "POST", "/holidays/2026-11-28/withdraw", who="sam", json=body)


@provokes("report-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/reports/day-totals/2026-01-01", who="sam")


@provokes("job-not-found")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "POST", "/jobs/transactions/runs/none/run-again", who="sam")


@provokes("job-not-waiting", state="done")
def _(bench: LedgerBench, folder: Path) -> Problem:
    with bench.store.write() as session:
        job_id = enqueue_job(session, kind="end-of-day", unique_key="x", payload={}) or ""
        finish_job(session, job_id)
    with door(bench, folder, "transactions") as ledger:
        boards = {"transactions": board_of(ledger)}
        with door(bench, folder, "sam", job_boards=boards) as http:
            answer = http.post(f"/api/v1/jobs/transactions/runs/{job_id}/run-again")
    return {**answer.json(), "came_with": answer.status_code}
