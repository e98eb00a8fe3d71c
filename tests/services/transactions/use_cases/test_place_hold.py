"""Placing holds, from the order to the rows; and their expiry."""

from datetime import timedelta
from typing import Any

import pytest

from services.transactions.writing import expiry
from services.transactions.writing.expiry import expire_due_holds
from shared.clock import bank_now, format_time
from tests.services.transactions.conftest import ADA, BEN, TRANSFER, LedgerBench, transfer

PLACE = "POST /api/v1/holds"


def order(account_id: str, amount_minor: int, **more: Any) -> dict[str, Any]:
    return {"account_id": account_id, "amount_minor": amount_minor, "currency": "EUR", **more}


class TestPlaceHold:
    def test_six_holds_of_a_thousand_on_five_thousand_refuse_the_sixth(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 5000)
        orders = [bench.submission(PLACE, order(account, 1000), ADA) for _ in range(6)]
        assert [answer.status for answer in bench.book(*orders)] == [201] * 5 + [409]

    def test_leaves_less_for_transfers_but_moves_no_money(self, bench: LedgerBench) -> None:
        account, other = bench.open("ada"), bench.open("ben")
        bench.deposit(account, 100)
        status, hold = bench.one(PLACE, order(account, 80), ADA)
        assert (status, hold["status"], hold["captured_minor"]) == (201, "held", 0)
        status, body = bench.one(TRANSFER, transfer(account, other, 21), ADA)
        assert (status, body["held_minor"], body["available_minor"]) == (409, 80, 20)
        assert bench.booked(account) == 100

    def test_for_a_payee_in_another_currency_is_refused_before_money_is_set_aside(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 100)
        bench.open("yen", currency="JPY")
        status, body = bench.one(PLACE, order(account, 1, to_account_number="DE00YEN"), ADA)
        assert (status, body["code"]) == (409, "transactions.currency-mismatch")

    def test_for_the_payer_itself_is_refused(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 100)
        status, body = bench.one(PLACE, order(account, 1, to_account_number="DE00ADA"), ADA)
        assert (status, body["code"]) == (409, "transactions.same-account")

    def test_on_anothers_account_is_as_on_none(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        assert bench.one(PLACE, order(account, 1), BEN) == bench.one(PLACE, order("a-none", 1), BEN)

    def test_with_an_expiry_in_the_past_is_refused_and_binds_no_key(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 100)
        past = order(account, 1, expires_at=format_time(bank_now() - timedelta(seconds=1)))
        status, body = bench.one(PLACE, past, ADA, key="k")
        assert (status, body["code"]) == (422, "transactions.bad-expiry")
        assert bench.count("idempotency") == 2  # the contract's and the deposit's


class TestExpiry:
    def test_gives_the_money_back_at_its_time_and_not_before(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = bench.open("ada")
        bench.deposit(account, 100)
        soon = bank_now() + timedelta(minutes=5)
        _, hold = bench.one(PLACE, order(account, 80, expires_at=format_time(soon)), ADA)
        assert expire_due_holds(bench.store) == 0
        monkeypatch.setattr(expiry, "bank_now", lambda: soon)
        assert expire_due_holds(bench.store) == 1
        assert expire_due_holds(bench.store) == 0
        status, released = bench.one("POST /api/v1/holds/{hold_id}/release", {}, ADA, hold_id=hold["id"])
        assert (status, released["hold_status"]) == (409, "expired")
        assert bench.one(PLACE, order(account, 100), ADA)[0] == 201
