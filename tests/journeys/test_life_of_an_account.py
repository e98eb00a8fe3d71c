"""The life of an account on the real bank: freeze, step-up, payout with the closing, archive, a second person."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


def second_account(customer: BankCustomer) -> str:
    body = {"product": "everyday"}
    opened = customer.http.post("/accounts", json=body, headers={"Idempotency-Key": new_id()})
    assert opened.status_code == 201, opened.text
    return str(opened.json()["id"])


class TestLife:
    def test_a_freeze_holds_at_the_ledger_until_it_is_lifted_with_a_step_up(self, bank: Bank) -> None:
        ada, ben = bank.new_customer(deposit_minor=500), bank.new_customer()
        path = f"/accounts/{ada.account_id}"
        frozen = ada.http.post(f"{path}/freeze", json={"reason": "lost phone"})
        assert (frozen.status_code, frozen.json()["status"]) == (200, "frozen")
        assert ada.pay(ben, 1).json()["code"] == "transactions.account-frozen"
        needed = ada.http.post(f"{path}/unfreeze", json={})
        assert (needed.status_code, needed.json()["code"]) == (403, "auth.step-up-required")
        wanted = {"action": needed.json()["action"], **needed.json()["details"], "password": ada.password}
        token = ada.http.post("/auth/step-up", json=wanted).json()["step_up_token"]
        lifted = ada.http.post(f"{path}/unfreeze", json={}, headers={"Step-Up": token})
        assert (lifted.status_code, lifted.json()["status"]) == (200, "open")
        assert ada.pay(ben, 1).status_code == 201

    def test_a_closing_pays_out_once_and_is_archived(self, bank: Bank) -> None:
        ada = bank.new_customer(deposit_minor=700)
        other, path = second_account(ada), f"/accounts/{ada.account_id}"
        full = ada.http.post(f"{path}/close", json={"reason": "moving"})
        assert (full.status_code, full.json()["code"]) == (409, "accounts.account-not-empty")
        body, key = {"reason": "moving", "payout_account_id": other}, {"Idempotency-Key": new_id()}
        first, again = (ada.http.post(f"{path}/close", json=body, headers=key) for _ in range(2))
        assert (first.status_code, first.json()["status"]) == (200, "closed")
        assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
        assert ada.http.get(f"/balances/{other}").json()["booked_minor"] == 700
        [kept] = ada.http.get("/closed-accounts").json()["items"]
        assert kept["balance_at_deletion"] == {"amount_minor": 700, "currency": "EUR"}
        assert len(ada.http.get("/transactions", params={"account_id": ada.account_id}).json()["items"]) == 2

    def test_a_closing_outlives_a_dead_writer_and_a_dead_api(self, bank: Bank) -> None:
        ada = bank.new_customer(deposit_minor=700)
        other, path = second_account(ada), f"/accounts/{ada.account_id}"
        bank.kill("writer")
        answer = ada.http.post(f"{path}/close", json={"reason": "bye", "payout_account_id": other}, timeout=30)
        assert answer.status_code in (200, 202), answer.text
        bank.kill("accounts")

        def is_closed() -> bool:
            seen = ada.http.get(path)
            return seen.status_code == 200 and seen.json()["status"] == "closed"

        bank.wait_until(is_closed, timeout_seconds=60)
        assert ada.http.get(f"/balances/{other}").json()["booked_minor"] == 700
        [kept] = ada.http.get("/closed-accounts").json()["items"]
        assert kept["balance_at_deletion"]["amount_minor"] == 700

    def test_a_teller_takes_in_cash_with_the_opening(self, bank: Bank) -> None:
        ada, tess = bank.new_customer(), bank.client(bank.login_demo("tess"))
        body = {"product": "savings", "customer_id": ada.customer_id, "initial_deposit_minor": 25_00}
        opened = tess.post("/accounts", json=body, headers={"Idempotency-Key": new_id()})
        assert (opened.status_code, opened.json()["status"]) == (201, "open"), opened.text
        assert tess.get(f"/balances/{opened.json()['id']}").json()["booked_minor"] == 25_00

    def test_a_rate_changes_once_a_second_person_agrees(self, bank: Bank) -> None:
        sam, alma = bank.client(bank.login_demo("sam")), bank.client(bank.login_demo("alma"))
        day = (datetime.now(UTC).date() + timedelta(days=400)).isoformat()
        body: dict[str, Any] = {
            "product": "savings",
            "rate_basis_points": 301,
            "effective_from": day,
            "reason": "the market moved",
        }
        asked = sam.post("/interest-rates", json=body)
        assert asked.status_code == 202, asked.text
        approval = f"/approvals/{asked.json()['approval']['id']}"
        assert sam.post(f"{approval}/approve", json={}).json()["code"] == "accounts.own-request"
        assert alma.post(f"{approval}/approve", json={}).status_code == 200
        assert alma.get(approval).json()["status"] == "executed"
        rates = sam.get("/interest-rates?product=savings").json()["items"]
        assert [one["effective_from"] for one in rates if one["rate_basis_points"] == 301] == [day]


class TestTheEndOfARelationship:
    def test_leaves_a_login_that_reads_statements_only_until_an_account_is_reopened(self, bank: Bank) -> None:
        ada = bank.new_customer()
        path = f"/accounts/{ada.account_id}"
        assert ada.http.post(f"{path}/close", json={"reason": "moving"}).json()["status"] == "closed"
        bank.wait_until(lambda: ada.http.get("/customers/me").status_code in (401, 403))  # the old token is void

        former = bank.client(bank.login(ada.email, ada.password))
        assert former.get("/auth/me").json()["roles"] == ["former-customer"]
        [kept] = former.get("/closed-accounts").json()["items"]
        assert kept["original_id"] == ada.account_id
        assert former.get("/statements", params={"account_id": ada.account_id}).status_code == 200
        for other in ("/customers/me", "/accounts", path, f"/balances/{ada.account_id}", "/notifications", "/payees"):
            assert former.get(other).status_code == 403, other
        opening = former.post("/accounts", json={"product": "everyday"}, headers={"Idempotency-Key": new_id()})
        assert opening.status_code == 403
        assert former.post("/auth/logout").status_code in (200, 204)

        olu = bank.client(bank.login_demo("olu"))
        assert olu.post(f"{path}/reopen", json={"reason": "stays after all"}).status_code == 200

        def is_customer() -> bool:
            again = bank.client(bank.login(ada.email, ada.password))
            return again.get("/auth/me").json()["roles"] == ["customer"] and again.get(path).status_code == 200

        bank.wait_until(is_customer)
