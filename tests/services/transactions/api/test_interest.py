"""Interest over HTTP: the customer's summary, and worksheets that are computed anew by an independent script."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from services.transactions.domain.worksheet import formula_safe
from shared.store.engine import Store
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.interest_arithmetic import recompute
from tests.services.transactions.people import door
from tests.services.transactions.tasks.conftest import days

__all__ = ["Store", "days"]


@pytest.fixture
def ada(days: DayBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give ada's way to the API, two months later: the rate has changed and tiers were brought in."""
    days.rate(200, product="savings", since=date(2027, 12, 10))
    days.rate(500, product="savings", tier=1_001_000, since=date(2027, 12, 10))
    days.deposit("a-ada", 123_457)
    days.end_days(date(2028, 1, 4))
    with door(days, tmp_path, "ada") as http:
        yield http


class TestInterest:
    def test_is_summed_up_for_the_owner(self, ada: TestClient, days: DayBench) -> None:
        found = ada.get("/api/v1/interest/a-ada").json()
        booked = days.booked("a-ada")
        a_day = Fraction(1_001_000 * 200 + (booked - 1_001_000) * 500, 10_000 * 365)
        assert found["rate_basis_points"] == 500
        assert found["tiers"] == [
            {"from_minor": 0, "rate_basis_points": 200},
            {"from_minor": 1_001_000, "rate_basis_points": 500},
        ]
        assert found["projected_per_day_minor"] == round(a_day)
        assert Fraction(found["projected_per_day"]) <= a_day
        assert found["accrued_minor"] == round(3 * a_day) or abs(found["accrued_minor"] - 3 * a_day) <= 1
        assert found["credited_total_minor"] == booked - 1_123_457 == found["credited_last_24h_minor"]
        assert (found["next_on"], found["accrued_until"]) == ("2028-01-31", "2028-01-03")
        assert [one["period"] for one in found["credits"]] == ["2027-12", "2027-11"]

    def test_of_an_overdraft_is_what_it_costs(self, ada: TestClient, days: DayBench, tmp_path: Path) -> None:
        with door(days, tmp_path, "ben") as http:
            found = http.get("/api/v1/interest/a-ben").json()
        assert found["rate_basis_points"] == 1_095
        assert found["projected_per_day_minor"] < 0 < found["charged_total_minor"]

    def test_is_nobody_elses(self, ada: TestClient) -> None:
        assert ada.get("/api/v1/interest/a-ben").json()["code"] == "transactions.account-not-found"
        assert ada.get("/api/v1/interest/a-ben/postings").status_code == 404

    def test_of_an_account_without_an_end_of_day_is_nothing_yet(self, bench: LedgerBench, tmp_path: Path) -> None:
        bench.deposit(bench.open("ada"), 100)
        with door(bench, tmp_path, "ada") as http:
            found = http.get("/api/v1/interest/a-ada").json()
        assert (found["accrued"], found["accrued_until"], found["credits"]) == ("0.000000", None, [])


class TestWorksheets:
    def test_are_computed_anew_by_an_independent_script(self, ada: TestClient) -> None:
        for one in ada.get("/api/v1/interest/a-ada/postings").json()["items"]:
            sheet = ada.get(f"/api/v1/interest/a-ada/postings/{one['period']}/{one['kind']}").json()
            unit = int(sheet["units_per_minor"])
            amount, carry = recompute(sheet["rows"], Fraction(int(sheet["opening"]), unit))
            assert (amount, carry) == (one["amount_minor"], Fraction(int(sheet["carry"]), unit))
            assert int(sheet["accrued"]) == one["amount_minor"] * unit + int(sheet["carry"])
            days_named = [row["day"] for row in sheet["rows"]]
            assert days_named == sorted(days_named)
            assert len(days_named) == {"2027-11": 16, "2027-12": 31}[one["period"]]

    def test_are_tables_as_well(self, ada: TestClient) -> None:
        answer = ada.get("/api/v1/interest/a-ada/postings/2027-12/credit?format=csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(rows) == 31
        assert rows[-1]["tiers"] == "0:200 1001000:500"

    def test_of_no_posting_are_not_found(self, ada: TestClient) -> None:
        assert ada.get("/api/v1/interest/a-ada/postings/2027-10/credit").status_code == 404
        assert ada.get("/api/v1/interest/a-ada/postings/2027-12/other").status_code == 422


class TestFormulaSafe:
    @pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
    def test_never_writes_what_a_spreadsheet_computes(self, text: str) -> None:
        assert formula_safe(text) == f"'{text}"

    @pytest.mark.parametrize("value", [-5, "-5", "12.30", "plain", None])
    def test_leaves_numbers_and_words(self, value: object) -> None:
        assert formula_safe(value) == ("" if value is None else str(value))
