"""Holds, reversals, batches and dry runs through the gateway, on real processes."""

from datetime import timedelta
from typing import Any

import httpx

from shared.clock import format_time, now
from shared.ids import new_id
from tests.builders.bank import Bank
from tests.journeys.test_money_is_safe import at_once


def post(http: httpx.Client, path: str, body: dict[str, Any], **query: str) -> httpx.Response:
    """Send a command with a new key."""
    return http.post(path, json=body, params=query, headers={"idempotency-key": new_id()})


class TestHolds:
    def test_are_placed_captured_in_part_and_the_rest_is_free_again(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        tess = bank.client(bank.login_demo("tess"))
        body = {
            "account_id": payer.account_id,
            "amount_minor": 800,
            "currency": "EUR",
            "to_account_number": payee.account["account_number"],
        }
        hold = post(payer.http, "/holds", body).json()
        assert post(payer.http, "/holds", body).json()["code"] == "transactions.insufficient-funds"
        assert post(payer.http, f"/holds/{hold['id']}/capture", {}).status_code == 403
        captured = post(tess, f"/holds/{hold['id']}/capture", {"amount_minor": 300})
        assert (captured.status_code, captured.json()["hold"]["released_minor"]) == (201, 500)
        balance = payer.http.get(f"/balances/{payer.account_id}").json()
        assert (balance["booked_minor"], balance["held_minor"], balance["available_minor"]) == (700, 0, 700)
        assert payee.booked_minor() == 300
        bank.wait_until(lambda: payer.read_account(payer.account_id)["last_transaction_at"] is not None)

    def test_two_captures_at_once_let_one_win(self, bank: Bank) -> None:
        payer = bank.new_customer(deposit_minor=1_000)
        tess = bank.client(bank.login_demo("tess"))
        body = {"account_id": payer.account_id, "amount_minor": 800, "currency": "EUR"}
        hold = post(payer.http, "/holds", body).json()
        answers = at_once(20, lambda _number: post(tess, f"/holds/{hold['id']}/capture", {}))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
        assert payer.booked_minor() == 200

    def test_expire_by_themselves_at_their_time(self, bank: Bank) -> None:
        payer = bank.new_customer(deposit_minor=1_000)
        soon = format_time(now() + timedelta(seconds=2))
        body = {"account_id": payer.account_id, "amount_minor": 800, "currency": "EUR", "expires_at": soon}
        assert post(payer.http, "/holds", body).status_code == 201

        def status() -> str:
            found = payer.http.get("/holds", params={"account_id": payer.account_id}).json()["items"]
            return str(found[0]["status"])

        assert status() == "held"
        bank.wait_until(lambda: status() == "expired", timeout_seconds=8)
        assert format_time(now()) >= soon
        assert payer.http.get(f"/balances/{payer.account_id}").json()["available_minor"] == 1_000


class TestReversals:
    def test_happen_once_among_many_at_once(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        olu = bank.client(bank.login_demo("olu"))
        entry = payer.pay(payee, 400).json()["id"]
        why = {"reason": "sent twice by mistake"}
        assert post(payer.http, f"/transactions/{entry}/reverse", why).status_code == 403
        answers = at_once(20, lambda _number: post(olu, f"/transactions/{entry}/reverse", why))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
        assert (payer.booked_minor(), payee.booked_minor()) == (1_000, 0)
        assert payer.http.get(f"/transactions/{entry}").json()["status"] == "reversed"


class TestBatches:
    def test_book_all_or_none_and_a_dry_run_books_nothing(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        one = {"from_account_id": payer.account_id, "to_account_id": payee.account_id, "currency": "EUR"}
        good = {"transfers": [{**one, "amount_minor": 100}] * 5, "atomic": True}
        bad = {"transfers": [{**one, "amount_minor": 400}] * 5, "atomic": True}
        dry = post(payer.http, "/transfers/batch", good, dry_run="true")
        assert (dry.status_code, payer.booked_minor()) == (201, 1_000)
        refused = post(payer.http, "/transfers/batch", bad)
        assert (refused.status_code, refused.json()["index"], payer.booked_minor()) == (409, 2, 1_000)
        booked = post(payer.http, "/transfers/batch", good)
        assert [result["status"] for result in booked.json()["results"]] == ["booked"] * 5
        assert (payer.booked_minor(), payee.booked_minor()) == (500, 500)
        assert post(payer.http, "/transfers", {**one, "amount_minor": 1}, dry_run="perhaps").status_code == 422
