"""Reports for staff: written once by jobs, read as JSON and CSV by who may."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.services.transactions.conftest import TESS, TRANSFER, transfer
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.day_jobs import work
from tests.services.transactions.people import door
from tests.services.transactions.tasks.conftest import days

__all__ = ["days"]

PATH = "/api/v1/reports"


@pytest.fixture
def over(days: DayBench) -> DayBench:
    """Give a ledger on which November is over and its jobs are done."""
    assert days.one(TRANSFER, {**transfer("a-ada", "a-ben", 1_234)}, TESS)[0] == 201
    days.end_days(date(2027, 12, 2))
    work(days)
    return days


def read(http: TestClient, kind: str, day: str) -> list[dict[str, str]]:
    """Give the rows of a report."""
    answer = http.get(f"{PATH}/{kind}/{day}")
    assert answer.status_code == 200
    rows: list[dict[str, str]] = answer.json()["rows"]
    return rows


class TestReports:
    def test_say_what_a_day_booked(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "olu") as http:
            totals = {row["type"]: row for row in read(http, "day-totals", "2027-11-15")}
            assert (totals["transfer"]["entries"], totals["transfer"]["amount_minor"]) == ("1", "1234")
            assert totals["deposit"]["amount"] == "10000.00"
            assert read(http, "day-totals", "2027-11-16") == []

    def test_say_which_accounts_sleep(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "olu") as http:
            assert read(http, "dormant-accounts", "2027-11-20") == []
            sleeping = read(http, "dormant-accounts", "2027-12-01")
        assert [(row["account_id"], row["dormant_on"]) for row in sleeping] == [
            ("a-ada", "2027-11-25"),
            ("a-ben", "2027-11-25"),
        ]

    def test_say_what_interest_a_period_brought_by_product(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "amir") as http:
            rows = read(http, "interest", "2027-11-30")
            assert http.get(f"{PATH}/interest/2027-11-29").status_code == 404
        booked = over.rows("SELECT kind, amount_minor FROM own_postings WHERE entry_type = 'interest' ORDER BY kind")
        assert [(row["kind"], int(row["amount_minor"])) for row in sorted(rows, key=lambda one: one["kind"])] == booked
        assert {(row["product"], row["period"]) for row in rows} == {("savings", "2027-11"), ("current", "2027-11")}

    def test_of_the_desk_are_its_own_rows_and_all_that_it_reads(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "sue") as http:
            listed = http.get(PATH).json()["items"]
            assert {one["kind"] for one in listed} == {"tickets"}
            assert [row["tickets"] for row in read(http, "tickets", "2027-12-01")] == ["3", "1"]
            assert http.get(f"{PATH}/day-totals/2027-11-15").json()["code"] == "transactions.report-not-found"
            assert http.get(PATH, params={"kind": "interest"}).json()["items"] == []

    def test_are_csv_that_no_spreadsheet_computes(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "olu") as http:
            answer = http.get(f"{PATH}/tickets/2027-12-01", params={"format": "csv"})
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.text.splitlines()[0] == "type,priority,status,tickets,oldest_created_at"
        assert "=cmd" not in answer.text

    def test_are_listed_in_pages_by_day(self, over: DayBench, tmp_path: Path) -> None:
        with door(over, tmp_path, "sam") as http:
            seen, after = [], None
            while True:
                page = http.get(PATH, params={"limit": 7, **({"after": after} if after else {})}).json()
                seen += [(one["business_date"], one["kind"]) for one in page["items"]]
                after = page["next"]
                if after is None:
                    break
        assert len(seen) == len(set(seen)) == 17 * 3 + 1
        assert [day for day, _ in seen] == sorted((day for day, _ in seen), reverse=True)

    @pytest.mark.parametrize("path", ["day-totals/2027-02-30", "day-totals/x", "day-totals/2090-01-01"])
    def test_that_are_not_there_are_missing(self, days: DayBench, tmp_path: Path, path: str) -> None:
        with door(days, tmp_path, "olu") as http:
            answer = http.get(f"{PATH}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "transactions.report-not-found")
            assert http.get(f"{PATH}/nonsense/2027-11-15").status_code == 422
            assert http.get(PATH, params={"after": "eHg"}).status_code == 400
