"""What cannot be meant is refused clearly, never with a 500, and books nothing."""

import json
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


@pytest.fixture(scope="module")
def pair(bank: Bank) -> tuple[BankCustomer, BankCustomer]:
    """Give a payer with 10.00 and a payee."""
    return bank.new_customer(deposit_minor=1_000), bank.new_customer()


def send(payer: BankCustomer, body: bytes, **headers: str) -> httpx.Response:
    """Send a raw body as a transfer."""
    basic = {"content-type": "application/json", "idempotency-key": new_id()}
    return payer.http.post("/transfers", content=body, headers={**basic, **headers})


def raw(payer: BankCustomer, payee: BankCustomer, amount: str, extra: str = "") -> bytes:
    """Write a transfer's body with any text in the place of the amount."""
    return (
        f'{{"from_account_id": "{payer.account_id}", "to_account_id": "{payee.account_id}", '
        f'"currency": "EUR", "amount_minor": {amount}{extra}}}'
    ).encode()


class TestBadBodies:
    @pytest.mark.parametrize(
        ("amount", "extra", "status"),
        [
            ("true", "", 422),
            ('"12"', "", 422),
            ("1.0", "", 422),
            ("1e400", "", 400),
            ("NaN", "", 400),
            ("-Infinity", "", 400),
            ("9223372036854775808", "", 422),
            ("9" * 5000, "", 400),
            ("0", "", 422),
            ("-5", "", 422),
            ("null", "", 422),
            ("1", ', "description": "\\ud800"', 400),
            ("1", ', "description": "\\u0000"', 400),
            ("1", ', "amount_minor": 2', 400),
            ("1", ', "fee_minor": 2', 422),
            ("1", ', "balance": {"a": ' + "[" * 100 + "]" * 100 + "}", 400),
        ],
    )
    def test_is_refused_and_books_nothing(
        self, pair: tuple[BankCustomer, BankCustomer], amount: str, extra: str, status: int
    ) -> None:
        payer, payee = pair
        answer = send(payer, raw(payer, payee, amount, extra))
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")
        problem = answer.json()
        assert {"type", "title", "status", "code", "detail", "request_id"} <= set(problem)
        assert payer.booked_minor() == 1_000

    @pytest.mark.parametrize("body", [b"", b"[]", b"1", b"null", b'"x"', b"{", b"\xff\xfe", b'{"a": 1} {}'])
    def test_what_is_no_object_is_refused(self, pair: tuple[BankCustomer, BankCustomer], body: bytes) -> None:
        assert send(pair[0], body).status_code in (400, 415, 422)

    def test_a_megabyte_is_refused_as_too_large(self, pair: tuple[BankCustomer, BankCustomer]) -> None:
        payer, payee = pair
        body = raw(payer, payee, "1", ', "description": "' + "x" * 2**20 + '"')
        answer = send(payer, body)
        assert (answer.status_code, answer.json()["code"]) == (413, "request.too-large")
        chunked = payer.http.post(
            "/transfers",
            content=iter([body[:1000], body[1000:]]),
            headers={"content-type": "application/json", "idempotency-key": new_id()},
        )
        assert chunked.status_code == 413

    def test_another_type_is_refused(self, pair: tuple[BankCustomer, BankCustomer]) -> None:
        payer, payee = pair
        assert send(payer, raw(payer, payee, "1"), **{"content-type": "text/plain"}).status_code == 415

    @pytest.mark.parametrize("key", [None, "", "a b", "x" * 256])
    def test_a_money_command_needs_a_good_key(self, pair: tuple[BankCustomer, BankCustomer], key: str | None) -> None:
        payer, payee = pair
        body: dict[str, Any] = json.loads(raw(payer, payee, "1"))
        headers = {} if key is None else {"idempotency-key": key}
        answer = payer.http.post("/transfers", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.idempotency-key")
        assert payer.booked_minor() == 1_000
