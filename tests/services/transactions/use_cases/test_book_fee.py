"""Fees, from the order to the rows."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.limits import Limits
from shared.contracts.caller import Caller
from shared.store.outbox_queries import events_after
from tests.services.transactions.conftest import FEE, OLU, SAM, TRANSFER, LedgerBench, transfer


def fee(amount_minor: int = 150, **more: Any) -> dict[str, Any]:
    """Make a fee's body."""
    return {"account_id": "a-ada", "amount_minor": amount_minor, "currency": "EUR", "description": "Card", **more}


class TestBookFee:
    def test_debits_the_customer_and_credits_fee_income(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 1000)
        status, body = bench.one(FEE, fee(), OLU)
        assert (status, body["type"], body["description"]) == (201, "fee", "Card")
        assert [(p["direction"], p["amount_minor"], p["balance_after_minor"]) for p in body["postings"]] == [
            ("debit", 150, 850),
            ("credit", 150, 150),
        ]
        assert bench.account(body["to_account_id"]).kind == "fee-income"
        with bench.store.read() as session:
            told = events_after(session, 0, 10)[-1]
        assert (told["type"], told["data"]["owners"]) == ("bank.transactions.fee-booked.v1", ["c-ada"])

    def test_keeps_the_reason_beside_what_the_customer_reads(self, bench: LedgerBench) -> None:
        bench.deposit(bench.open("ada"), 1000)
        body = bench.one(FEE, fee(reason="A second card"), OLU)[1]
        assert (body["description"], "reason" in body) == ("Card", False)
        assert bench.reasons("book-fee") == ["A second card"]

    def test_passes_the_floor_and_every_limit(self, bench: LedgerBench) -> None:
        bench.open("ada", min_balance_minor=1000, limits={"per_day_minor": 0})
        bench.rules = BankRules(kyc_caps={0: {"*": Limits(per_transaction_minor=0)}})
        assert bench.one(FEE, fee(), OLU)[0] == 201
        assert bench.booked("a-ada") == -150
        assert bench.account("a-ada").day_debited_minor == 0

    def test_is_refused_on_closed_frozen_missing_and_own_accounts(self, bench: LedgerBench) -> None:
        bench.open("ada", status="closed")
        bench.open("ben", freeze="all")
        bench.open("cleo", freeze="debit")
        income = bench.one(FEE, fee(account_id="a-cleo"), OLU)[1]["to_account_id"]
        codes = [
            bench.one(FEE, fee(account_id=account), OLU)[1]["code"].removeprefix("transactions.")
            for account in ("a-ada", "a-ben", "a-nobody", income)
        ]
        assert codes == ["account-not-open", "account-frozen", "account-not-found", "account-not-found"]

    def test_is_charged_once_for_one_key(self, bench: LedgerBench) -> None:
        bench.open("ada")
        first = bench.one(FEE, fee(), OLU, key="k")
        assert bench.one(FEE, fee(), OLU, key="k") == first
        assert bench.booked("a-ada") == -150

    def test_is_booked_by_jobs_of_the_ledger_too(self, bench: LedgerBench) -> None:
        bench.open("ada")
        assert bench.one(FEE, fee(), Caller.for_service("transactions"))[0] == 201


class TestValueDate:
    @pytest.fixture(autouse=True)
    def rules(self, bench: LedgerBench) -> None:
        bench.rules = BankRules(back_value_days=30)
        bench.deposit(bench.open("ada"), 1000)
        bench.open("ben")

    def test_is_stored_and_shown_apart_from_the_business_date(self, bench: LedgerBench) -> None:
        today = date.fromisoformat(bench.one(FEE, fee(), OLU)[1]["business_date"])
        earlier = (today - timedelta(days=3)).isoformat()
        status, body = bench.one(FEE, fee(value_date=earlier), SAM)
        assert (status, body["value_date"], body["business_date"]) == (201, earlier, today.isoformat())
        with bench.store.read() as session:
            row = session.connection().exec_driver_sql("SELECT value_date FROM journal_entries ORDER BY sequence DESC")
            assert str(row.scalar()) == earlier

    @pytest.mark.parametrize(
        ("days", "caller", "status", "code"),
        [
            (-3, OLU, 403, "back-value-not-allowed"),
            (-31, SAM, 422, "bad-value-date"),
            (1, SAM, 422, "bad-value-date"),
        ],
    )
    def test_needs_a_supervisor_and_has_an_end(
        self, bench: LedgerBench, days: int, caller: Caller, status: int, code: str
    ) -> None:
        today = date.fromisoformat(bench.one(FEE, fee(), OLU)[1]["business_date"])
        asked = (today + timedelta(days=days)).isoformat()
        found, body = bench.one(FEE, fee(value_date=asked), caller)
        assert (found, body["code"], body["value_date"]) == (status, f"transactions.{code}", asked)

    def test_may_be_given_to_a_transfer_by_a_supervisor(self, bench: LedgerBench) -> None:
        today = date.fromisoformat(bench.one(FEE, fee(), OLU)[1]["business_date"])
        earlier = (today - timedelta(days=1)).isoformat()
        body = {**transfer("a-ada", "a-ben", 5), "value_date": earlier}
        assert bench.one(TRANSFER, body, SAM)[1]["value_date"] == earlier
        assert bench.one(TRANSFER, body, OLU)[0] == 403

    def test_that_is_not_sent_leaves_the_fingerprint_as_it_was(self, bench: LedgerBench) -> None:
        order = bench.submission(TRANSFER, transfer("a-ada", "a-ben", 5), SAM).order
        assert "value_date" not in json.dumps(order.model_dump(mode="json"))
