"""Reconciling a statement, below the HTTP door: what races with it, and how much it takes."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from services.transactions.domain.bank_file import read_bank_file
from services.transactions.domain.bank_line import BankFileTooLong
from services.transactions.domain.bank_rules import SANDBOX_RULES
from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.domain.reconciliation import StatementAlreadyReconciled
from services.transactions.store.ledger_queries import first_sequence_on
from services.transactions.use_cases import reconcile_statement
from services.transactions.use_cases.reconcile_statement import SentFile, compare, record
from shared.clock import bank_now
from tests.builders.bank_files import csv_file
from tests.services.transactions.conftest import ADA, DEPOSIT, LedgerBench
from tests.services.transactions.people import OLU, SAM


def sent(*amounts: str, name: str = "f") -> SentFile:
    """Give a file of today's lines."""
    today = bank_now().date().isoformat()
    raw = csv_file(*[f"{today},,{amount},EUR,," for amount in amounts])
    statement = read_bank_file(raw, content_type="text/csv", currency="EUR")
    return SentFile(statement=statement, sha256=name, name=name, window_days=3)


def pay_in(bench: LedgerBench, amount: int) -> None:
    body = {"account_id": "a-ada", "amount_minor": amount, "currency": "EUR"}
    assert bench.one(DEPOSIT, body, ADA)[0] == 201


class TestReconcileStatement:
    def test_matches_a_posting_once_even_when_two_files_race(self, bench: LedgerBench) -> None:
        bench.open("ada")
        pay_in(bench, 100)
        with bench.store.read() as session:
            both = [compare(session, sent("1", name=name)) for name in ("a", "b")]
        assert [len(one.matches) for one in both] == [1, 1]
        with bench.store.write() as session:
            record(session, both[0], caller=OLU)
        with pytest.raises(IntegrityError), bench.store.write() as session:
            record(session, both[1], caller=OLU)
        assert (bench.count("reconciliations"), bench.count("reconciliation_matches")) == (1, 1)
        with bench.store.read() as session:
            assert compare(session, sent("1", name="b")).matches == ()

    def test_refuses_a_file_that_was_recorded_between_reading_and_writing(self, bench: LedgerBench) -> None:
        with bench.store.read() as session:
            both = [compare(session, sent("1")) for _ in range(2)]
        with bench.store.write() as session:
            record(session, both[0], caller=OLU)
        with pytest.raises(StatementAlreadyReconciled), bench.store.write() as session:
            record(session, both[1], caller=OLU)

    def test_refuses_a_period_with_more_postings_than_it_compares(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reconcile_statement, "MAX_POSTINGS", 2)
        bench.open("ada")
        for _ in range(3):
            pay_in(bench, 100)
        with pytest.raises(BankFileTooLong), bench.store.read() as session:
            compare(session, sent("1"))

    def test_finds_a_posting_that_was_booked_later_and_counts_from_the_lines_day(self, bench: LedgerBench) -> None:
        bench.rules = SANDBOX_RULES
        bench.open("ada", limits={"kyc_level": 2})
        month_ago = (bank_now().date() - timedelta(days=30)).isoformat()
        late = {"account_id": "a-ada", "amount_minor": 100, "currency": "EUR", "value_date": month_ago}
        assert bench.one(DEPOSIT, late, ADA)[0] == 403  # a supervisor's matter, and theirs goes over cash
        adjusted = {**late, "direction": "credit", "against": "suspense", "reason": "came late"}
        clearing = clearing_account(currency="EUR").id
        pay_in(bench, 1)
        body = {**adjusted, "account_id": clearing, "direction": "debit"}
        status, answer = bench.one("POST /api/v1/ledger/adjustments", body, SAM)
        assert status == 201, answer
        raw = csv_file(f"{month_ago},,1,EUR,,")
        statement = read_bank_file(raw, content_type="text/csv", currency="EUR")
        with bench.store.read() as session:
            found = compare(session, SentFile(statement=statement, sha256="x", name="", window_days=3))
        assert [match.rule for match in found.matches] == ["amount-and-day"]


class TestFirstSequenceOn:
    def test_finds_the_border_of_a_day(self, bench: LedgerBench) -> None:
        today = bank_now().date()
        with bench.store.read() as session:
            assert first_sequence_on(session, today) == 1
        bench.open("ada")
        for _ in range(5):
            pay_in(bench, 1)
        with bench.store.read() as session:
            assert [first_sequence_on(session, today + timedelta(days=step)) for step in (-1, 0, 1)] == [1, 1, 6]
