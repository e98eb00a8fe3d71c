"""Limits, overdrafts and usage, from the order to the rows: counted where the balance is, in the same transaction."""

from dataclasses import replace
from typing import Any

import pytest

from services.transactions.domain.approval import ApprovalRule
from services.transactions.domain.bank_rules import PRODUCTION_RULES, BankRules
from services.transactions.domain.limits import Limits
from services.transactions.settings import TransactionsSettings
from services.transactions.writing.expiry import expire_due_holds
from tests.services.transactions.conftest import ADA, TESS, TRANSFER, WITHDRAWAL, LedgerBench, transfer
from tests.services.transactions.use_cases.test_book_batch import BATCH, batch
from tests.services.transactions.use_cases.test_capture_hold import CAPTURE
from tests.services.transactions.use_cases.test_place_hold import PLACE, order
from tests.services.transactions.use_cases.test_release_hold import RELEASE
from tests.services.transactions.use_cases.test_reverse_entry import OLU, REVERSE, WHY

EXCEEDED = "transactions.limit-exceeded"


def cash(amount_minor: int) -> dict[str, Any]:
    """Make a withdrawal's body."""
    return {"account_id": "a-ada", "amount_minor": amount_minor, "currency": "EUR"}


@pytest.fixture
def limited(bench: LedgerBench) -> LedgerBench:
    """Give ada 10,000 and a limit of 100 a day."""
    bench.deposit(bench.open("ada", limits={"kyc_level": 2, "per_day_minor": 100, "colour": "red"}), 10_000)
    bench.open("ben")
    return bench


def usage(bench: LedgerBench) -> tuple[int, int, int]:
    """Give what ada used: today, orders of today, this month."""
    found = bench.account("a-ada")
    return found.day_debited_minor, found.day_debits, found.month_debited_minor


class TestUsage:
    def test_is_of_transfers_withdrawals_and_holds_together(self, limited: LedgerBench) -> None:
        assert limited.one(TRANSFER, transfer("a-ada", "a-ben", 40), ADA)[0] == 201
        assert limited.one(WITHDRAWAL, cash(30), TESS)[0] == 201
        assert limited.one(PLACE, order("a-ada", 30), ADA)[0] == 201
        assert usage(limited) == (100, 3, 100)
        for route, body, caller in (
            (TRANSFER, transfer("a-ada", "a-ben", 1), ADA),
            (WITHDRAWAL, cash(1), TESS),
            (PLACE, order("a-ada", 1), ADA),
        ):
            status, refused = limited.one(route, body, caller)
            assert (status, refused["code"], refused["limit"]) == (409, EXCEEDED, "per-day")
            assert (refused["limit_minor"], refused["used_minor"], refused["amount_minor"]) == (100, 100, 1)
            assert refused["renews_on"] > limited.account("a-ada").usage_day
        assert usage(limited) == (100, 3, 100)

    def test_is_seen_by_the_next_command_of_the_same_batch(self, limited: LedgerBench) -> None:
        orders = [limited.submission(TRANSFER, transfer("a-ada", "a-ben", 40), ADA) for _ in range(4)]
        assert [answer.status for answer in limited.book(*orders)] == [201, 201, 409, 409]
        assert usage(limited) == (80, 2, 80)

    def test_is_seen_within_a_batch_of_transfers(self, limited: LedgerBench) -> None:
        status, body = limited.one(BATCH, batch(60, 60, atomic=True), ADA)
        assert (status, body["index"], body["problem"]["code"]) == (409, 1, EXCEEDED)
        assert usage(limited) == (0, 0, 0)
        _, body = limited.one(BATCH, batch(60, 60, 40, atomic=False), ADA)
        assert [one["status"] for one in body["results"]] == ["booked", "refused", "booked"]
        assert usage(limited) == (100, 2, 100)

    def test_is_not_touched_by_a_dry_run_or_a_deposit(self, limited: LedgerBench) -> None:
        dry = limited.submission(TRANSFER, transfer("a-ada", "a-ben", 101), ADA)
        dry.dry_run = True
        assert limited.book(dry)[0].status == 409
        limited.deposit("a-ada", 500)
        assert usage(limited) == (0, 0, 0)

    def test_of_a_hold_is_not_counted_twice_and_given_back_with_it(self, limited: LedgerBench) -> None:
        hold = limited.one(PLACE, order("a-ada", 100), ADA)[1]["id"]
        assert limited.one(CAPTURE, {"amount_minor": 60, "final": False}, TESS, hold_id=hold)[0] == 201
        assert usage(limited) == (100, 1, 100)
        assert limited.one(RELEASE, {}, ADA, hold_id=hold)[0] == 200
        assert usage(limited) == (60, 1, 60)

    def test_of_a_hold_that_expires_is_given_back(self, limited: LedgerBench) -> None:
        limited.one(PLACE, order("a-ada", 100), ADA)
        with limited.store.write() as session:
            session.connection().exec_driver_sql("UPDATE holds SET expires_at = '2020-01-01T00:00:00.000000Z'")
        assert expire_due_holds(limited.store) == 1
        assert usage(limited) == (0, 1, 0)

    def test_of_what_is_reversed_is_given_back(self, limited: LedgerBench) -> None:
        entry = limited.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)[1]["id"]
        assert limited.one(REVERSE, WHY, OLU, transaction_id=entry)[0] == 201
        assert usage(limited) == (0, 1, 0)
        assert limited.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)[0] == 201

    def test_of_yesterday_is_not_todays(self, limited: LedgerBench) -> None:
        limited.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)
        with limited.store.write() as session:
            session.connection().exec_driver_sql("UPDATE ledger_accounts SET usage_day = '2020-01-31'")
        assert limited.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)[0] == 201
        assert usage(limited) == (100, 1, 100)

    def test_outlives_a_new_contract(self, limited: LedgerBench) -> None:
        limited.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)
        limited.open("ada", version=2, limits={"per_day_minor": 150})
        assert usage(limited) == (100, 1, 100)
        assert limited.one(TRANSFER, transfer("a-ada", "a-ben", 51), ADA)[1]["used_minor"] == 100


class TestCaps:
    def test_of_a_kyc_level_bind_where_the_account_has_no_tighter_limit(self, bench: LedgerBench) -> None:
        bench.rules = BankRules(kyc_caps={1: {"EUR": Limits(per_transaction_minor=50)}, 2: {}})
        bench.open("ben")
        bench.deposit(bench.open("ada", limits={"kyc_level": 1, "per_transaction_minor": 500}), 1000)
        _, refused = bench.one(TRANSFER, transfer("a-ada", "a-ben", 51), ADA)
        assert (refused["code"], refused["limit"], refused["limit_minor"]) == (EXCEEDED, "per-transaction", 50)
        bench.open("ada", version=2, limits={"kyc_level": 2, "per_transaction_minor": 500})
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 500), ADA)[0] == 201

    def test_come_after_funds(self, bench: LedgerBench) -> None:
        bench.open("ada", limits={"per_day_minor": 0})
        bench.open("ben")
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)[1]["code"] == "transactions.insufficient-funds"

    def test_of_production_hold_in_production_and_not_in_the_sandbox(self, bench: LedgerBench) -> None:
        caps = PRODUCTION_RULES.kyc_caps[2]["EUR"].per_transaction_minor
        assert caps is not None
        bench.deposit(bench.open("ada", limits={"kyc_level": 2}), 2 * caps)
        bench.open("ben")
        bench.rules = TransactionsSettings(environment="production").rules
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", caps + 1), ADA)[1]["code"] == EXCEEDED
        # What is confirmed by a step-up is another rule, with tests of its own.
        bench.rules = replace(TransactionsSettings(environment="sandbox").rules, step_up_from_minor=None)
        bench.rules = replace(bench.rules, new_payee_from_minor=None)
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", caps + 1), ADA)[0] == 201

    def test_are_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRANSACTIONS_KYC_CAPS", '{"1": {"EUR": {"per_day_minor": 7}}}')
        monkeypatch.setenv("TRANSACTIONS_BACK_VALUE_DAYS", "5")
        monkeypatch.setenv("TRANSACTIONS_STEP_UP_FROM_MINOR", "70")
        monkeypatch.setenv("TRANSACTIONS_NEW_PAYEE_FROM_MINOR", "30")
        monkeypatch.setenv("TRANSACTIONS_NEW_PAYEE_LIMIT_MINOR", "50")
        monkeypatch.setenv(
            "TRANSACTIONS_APPROVALS", '{"deposit": {"from_minor": 9, "checkers": ["admin"], "hours": 1}}'
        )
        assert TransactionsSettings().rules == BankRules(
            kyc_caps={1: {"EUR": Limits(per_day_minor=7)}},
            back_value_days=5,
            step_up_from_minor=70,
            new_payee_from_minor=30,
            new_payee_limit_minor=50,
            approvals={"deposit": ApprovalRule(9, checkers=("admin",), hours=1)},
        )


class TestOverdraft:
    def test_may_be_used_to_its_limit_and_no_further(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada", overdraft_limit_minor=200), 100)
        bench.open("ben")
        assert bench.one(PLACE, order("a-ada", 50), ADA)[0] == 201
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 250), ADA)[0] == 201
        assert bench.booked("a-ada") == -150
        status, refused = bench.one(WITHDRAWAL, cash(1), TESS)
        assert (status, refused["available_minor"], refused["overdraft_limit_minor"]) == (409, 0, 200)

    def test_that_is_lowered_below_its_use_only_stops_more(self, bench: LedgerBench) -> None:
        bench.open("ada", overdraft_limit_minor=200)
        bench.open("ben")
        bench.one(TRANSFER, transfer("a-ada", "a-ben", 150), ADA)
        bench.open("ada", version=2, overdraft_limit_minor=0)
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)[1]["available_minor"] == -150
        bench.deposit("a-ada", 151)
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)[0] == 201
