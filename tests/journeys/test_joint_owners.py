"""Two people own an account on the real bank, and what both sign is booked once, whoever is away or comes twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

PAID = 2_500


def _waits(customer: BankCustomer, *, kind: str) -> list[dict[str, Any]]:
    answer = customer.http.get("/cosignatures", params={"status": "waiting"})
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["items"] if one["kind"] == kind]


def _sign(customer: BankCustomer, cosignature_id: str) -> httpx.Response:
    return customer.http.post(f"/cosignatures/{cosignature_id}/sign", json={})


def _status(customer: BankCustomer, cosignature_id: str) -> str:
    return str(customer.http.get(f"/cosignatures/{cosignature_id}").json().get("status"))


@pytest.fixture(scope="module")
def owners(bank: Bank) -> tuple[BankCustomer, BankCustomer]:
    """Give two people who own the first one's account and sign together."""
    one, other = bank.new_customer(deposit_minor=20_000), bank.new_customer()
    path, wish = f"/accounts/{one.account_id}/owners", {"email": other.email, "mandate": "both"}
    refused = one.http.post(path, json=wish)
    assert refused.json()["code"] == "auth.step-up-required", refused.text
    proof = {"action": "add-owner", "password": one.password, **refused.json()["details"]}
    token = one.http.post("/auth/step-up", json=proof).json()["step_up_token"]
    asked = one.http.post(path, json=wish, headers={"step-up": token})
    assert asked.status_code == 202, asked.text
    signed = _sign(other, asked.json()["cosignature"]["id"])
    assert (signed.status_code, signed.json()["status"]) == (200, "executed"), signed.text
    other.account = one.account
    bank.wait_until(lambda: other.http.get(f"/balances/{one.account_id}").status_code == 200)
    return one, other


def _ordered(bank: Bank, payer: BankCustomer, signer: BankCustomer, payee: BankCustomer) -> str:
    """Order a transfer that waits, twice under one key, and give what the other owner finds."""
    key = new_id()
    asked = payer.pay(payee, PAID, key=key)
    assert asked.status_code == 202, asked.text
    assert payer.pay(payee, PAID, key=key).json() == asked.json()
    cosignature_id = str(asked.json()["cosignature"]["id"])
    bank.wait_until(lambda: [one["id"] for one in _waits(signer, kind="payment")] == [cosignature_id])
    return cosignature_id


Owners = tuple[BankCustomer, BankCustomer]


class TestAPaymentOfTwo:
    def test_is_booked_once_when_the_other_signs_twice_at_once(self, bank: Bank, owners: Owners) -> None:
        one, other = owners
        payee, before = bank.new_customer(), one.booked_minor()
        waiting = _ordered(bank, one, other, payee)
        assert _sign(one, waiting).json()["code"] == "accounts.already-signed"
        assert _sign(payee, waiting).status_code == 404
        assert payee.booked_minor() == 0
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(lambda _: _sign(other, waiting).status_code, range(2)))
        assert sorted(both) == [200, 409]
        bank.wait_until(lambda: _status(one, waiting) == "executed")
        assert (payee.booked_minor(), one.booked_minor()) == (PAID, before - PAID)
        assert one.http.get(f"/transactions/{waiting}").json()["amount_minor"] == PAID

    def test_is_booked_once_by_the_worker_if_the_ledger_was_away(self, bank: Bank, owners: Owners) -> None:
        one, other = owners
        payee, before = bank.new_customer(), one.booked_minor()
        waiting = _ordered(bank, other, one, payee)
        bank.stop_process("writer")
        try:
            assert _sign(one, waiting).json()["status"] == "signed"
            bank.kill("accounts")
            bank.kill("accounts-worker")
        finally:
            bank.start_process("writer")
            bank.wait_ready("writer")
            bank.wait_ready("accounts")
        bank.wait_until(lambda: _status(other, waiting) == "executed", timeout_seconds=90)
        assert (payee.booked_minor(), one.booked_minor()) == (PAID, before - PAID)

    def test_is_never_booked_once_it_is_refused(self, bank: Bank, owners: Owners) -> None:
        one, other = owners
        payee, before = bank.new_customer(), one.booked_minor()
        waiting = _ordered(bank, one, other, payee)
        refused = other.http.post(f"/cosignatures/{waiting}/refuse", json={"note": "Not this"})
        assert refused.json()["status"] == "refused", refused.text
        late = _sign(other, waiting)
        assert (late.status_code, late.json()["code"]) == (409, "accounts.cosignature-decided")
        assert (payee.booked_minor(), one.booked_minor()) == (0, before)
        bank.wait_until(lambda: "signature-missed" in [item["kind"] for item in one.inbox()])

    def test_has_no_way_around_it(self, bank: Bank, owners: Owners) -> None:
        one, payee = owners[0], bank.new_customer()
        hold = {"account_id": one.account_id, "amount_minor": 100, "currency": "EUR"}
        cash = one.http.post("/withdrawals", json=hold, headers={"idempotency-key": new_id()})
        assert cash.json()["code"] == "transactions.cosignature-required"
        held = one.http.post("/holds", json=hold, headers={"idempotency-key": new_id()})
        assert held.json()["code"] == "transactions.cosignature-required"
        item = {
            "from_account_id": one.account_id,
            "to_account_number": payee.account["account_number"],
            "amount_minor": 100,
            "currency": "EUR",
        }
        batch = {"atomic": True, "transfers": [item]}
        asked = one.http.post("/transfers/batch", json=batch, headers={"idempotency-key": new_id()})
        assert "cosignature-required" in asked.text
        closing = one.http.post(f"/accounts/{one.account_id}/close", json={}, headers={"idempotency-key": new_id()})
        assert closing.status_code in {202, 409}, closing.text
        assert one.read_account(one.account_id)["status"] == "open"
