"""Days are ended on the real bank over a month's end, its processes killed at each step: nothing comes twice."""

import time
from contextlib import closing
from itertools import pairwise
from typing import Any

import psycopg
import pysqlite3
import pytest

from services.transactions.domain.banking_day import STEPS
from tests.builders.bank import Bank

pytestmark = pytest.mark.alone  # it moves the bank's clock, and what runs beside it would see that

DAYS = 34


def business_date(bank: Bank) -> dict[str, Any]:
    answer = bank.client(bank.login_demo("sam")).get("/business-date")
    found: dict[str, Any] = answer.json() if answer.status_code == 200 else {"state": "away", "days_done": 0}
    return found


def reader(bank: Bank) -> Any:
    """Open the ledger's store beside its processes, to look at only."""
    address = bank.environment.get("TRANSACTIONS_DATABASE_URL")
    if address is not None:
        return psycopg.connect(address, options="-c search_path=transactions", autocommit=True)
    return pysqlite3.connect(f"file:{bank.folder.path}/transactions/transactions.db?mode=ro", uri=True)


def step_now(connection: Any) -> str | None:
    """Give the step that the end of day is at, None if none is going on."""
    running = "SELECT step FROM end_of_days WHERE state = 'running' ORDER BY business_date LIMIT 1"
    found = connection.execute(running).fetchone()
    return str(found[0]) if found else None


def kill_at_every_step(bank: Bank) -> set[tuple[str, str]]:
    """Kill the worker, and the service (writer and API at once), at each step; gives at which steps that was."""
    victims = {"worker": ("transactions-worker",), "service": ("writer", "transactions")}
    wanted, killed = [(step, who) for step in STEPS for who in victims], set()
    with closing(reader(bank)) as connection:
        ends = time.monotonic() + 240
        while wanted and time.monotonic() < ends:
            step = step_now(connection)
            due = next((one for one in wanted if one[0] == step), None)
            if due is None:
                time.sleep(0.0003)  # a step may last no longer than some milliseconds
                continue
            for name in victims[due[1]]:
                bank.kill(name)
            if step_now(connection) == step:
                wanted.remove(due)
                killed.add(due)
            for name in victims[due[1]]:
                bank.wait_ready(name)
    return killed


@pytest.mark.timeout(400)
class TestTheBankingDay:
    def test_ends_each_date_once_whatever_is_killed(self, bank: Bank) -> None:
        sam, ada = bank.client(bank.login_demo("sam")), bank.client(bank.login_demo("ada"))
        savings = next(one["id"] for one in ada.get("/accounts").json()["items"] if one["product"] == "savings")
        asked = sam.post("/business-date/advance", json={"days": DAYS}, headers={"Idempotency-Key": "journey-days"})
        assert asked.status_code == 202, asked.text
        killed = kill_at_every_step(bank)
        assert killed == {(step, who) for step in STEPS for who in ("worker", "service")}
        bank.wait_until(lambda: business_date(bank)["state"] == "open", timeout_seconds=180)
        self._all_dates_are_ended_once(bank)
        self._interest_is_posted_once(bank, savings)
        self._staff_see_the_jobs(bank)
        shown = bank.client(bank.login_demo("amir")).get("/ledger/trial-balance").json()
        assert shown["balanced"] is True, shown

    @staticmethod
    def _all_dates_are_ended_once(bank: Bank) -> None:
        ends = bank.client(bank.login_demo("sam")).get("/business-date/ends", params={"limit": 200}).json()["items"]
        assert len(ends) >= DAYS
        assert {one["state"] for one in ends} == {"done"}
        assert all(older["next_date"] == newer["business_date"] for newer, older in pairwise(ends))

    @staticmethod
    def _interest_is_posted_once(bank: Bank, savings: str) -> None:
        ada = bank.client(bank.login_demo("ada"))
        posted = ada.get(f"/interest/{savings}/postings").json()["items"]
        booked = ada.get("/transactions", params={"account_id": savings, "type": "interest"}).json()["items"]
        assert len(posted) >= 1
        assert {one["state"] for one in posted} == {"booked"}
        assert sorted(one["transaction_id"] for one in posted) == sorted(one["id"] for one in booked)

    @staticmethod
    def _staff_see_the_jobs(bank: Bank) -> None:
        """The month's jobs are done in the background; each service tells of its own."""

        def is_told() -> bool:
            told = bank.client(bank.login_demo("olu")).get("/jobs").json()
            kinds = {(one["service"], one["kind"]): one for one in told["items"]}
            month = [
                kinds["transactions", kind] for kind in ("month-statements", "interest-summaries", "make-statement")
            ]
            waiting = sum(one["queued"] + one["running"] for one in month)
            schedules = [one for one in told["items"] if one["every_seconds"] and one["last_run_at"]]
            return not told["unreachable"] and not waiting and all(one["done"] for one in month) and len(schedules) >= 4

        bank.wait_until(is_told, timeout_seconds=90)
        olu = bank.client(bank.login_demo("olu"))
        assert olu.get("/reports", params={"kind": "interest"}).json()["items"]
