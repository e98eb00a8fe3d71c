"""The life of an account over HTTP, behind the real door."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from shared.clients.step_up import StepUpSubject
from tests.services.accounts.confirming import step_up
from tests.services.accounts.conftest import ADA, BEN, Lives, Tokens, bearer
from tests.services.accounts.neighbours import Neighbours

LogIn = Callable[..., dict[str, str]]


def first_account(client: TestClient, headers: dict[str, str]) -> str:
    """Give the id of somebody's first account."""
    return str(client.get("/api/v1/accounts", headers=headers).json()["items"][0]["id"])


class TestFreezing:
    def test_is_one_tap_and_lifted_with_a_step_up_of_this_account_once(
        self, client: TestClient, log_in: LogIn, tokens: Tokens
    ) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        path = f"/api/v1/accounts/{first_account(client, ada)}"
        frozen = client.post(f"{path}/freeze", json={}, headers=ada)
        assert (frozen.status_code, frozen.json()["status"]) == (200, "frozen")
        told = client.get(f"{path}/freeze", headers=ada).json()
        assert (told["freeze"], told["lifted_by"], told["reason"]) == ("all", "customer", None)
        needed = client.post(f"{path}/unfreeze", json={}, headers=ada)
        assert (needed.status_code, needed.json()["code"]) == (403, "auth.step-up-required")
        account_id = path.rsplit("/", 1)[-1]
        assert needed.json()["details"] == {"payer": account_id}
        subject = StepUpSubject(needed.json()["action"], payer=account_id)
        wrong = step_up(tokens.callers["ada"], StepUpSubject(subject.action, payer="another"))
        assert client.post(f"{path}/unfreeze", json={}, headers={**ada, "Step-Up": wrong}).status_code == 403
        good = {**ada, "Step-Up": step_up(tokens.callers["ada"], subject)}
        lifted = client.post(f"{path}/unfreeze", json={}, headers=good)
        assert (lifted.status_code, lifted.json()["status"]) == (200, "open")
        client.post(f"{path}/freeze", json={}, headers=ada)
        assert client.post(f"{path}/unfreeze", json={}, headers=good).json()["code"] == "auth.step-up-required"

    def test_says_who_may_lift_it(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        path = f"/api/v1/accounts/{first_account(client, ada)}"
        body = {"reason": "court order", "freeze": "debit", "lifted_by": "supervisor"}
        assert client.post(f"{path}/freeze", json={"freeze": "debit"}, headers=bearer("olu")).status_code == 422
        assert client.post(f"{path}/freeze", json=body, headers=bearer("olu")).json()["status"] == "frozen"
        for who in (ada, bearer("olu")):
            no = client.post(f"{path}/unfreeze", json={"reason": "please"}, headers=who)
            assert (no.status_code, no.json()["code"]) == (403, "accounts.unfreeze-not-allowed")
            assert no.json()["lifted_by"] == "supervisor"
        assert client.post(f"{path}/unfreeze", json={"reason": "lifted"}, headers=bearer("sam")).status_code == 200
        assert client.post(f"{path}/unfreeze", json={"reason": "lifted"}, headers=bearer("tess")).status_code == 403

    def test_is_accepted_while_the_ledger_is_away(
        self, client: TestClient, log_in: LogIn, neighbours: Neighbours
    ) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        path = f"/api/v1/accounts/{first_account(client, ada)}"
        neighbours.down = {"transactions"}
        answer = client.post(f"{path}/freeze", json={"reason": "lost card"}, headers={**ada, "Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["status"]) == (202, "freezing")
        again = client.post(f"{path}/freeze", json={"reason": "lost card"}, headers={**ada, "Idempotency-Key": "k"})
        assert (again.status_code, again.content) == (202, answer.content)
        busy = client.post(f"{path}/close", json={}, headers=ada)
        assert (busy.status_code, busy.json()["code"]) == (409, "accounts.account-in-transition")


class TestClosing:
    def test_predecessor_d07_keeps_what_was_in_an_archive_and_deletes_nothing(
        self, client: TestClient, log_in: LogIn, lives: Lives, tokens: Tokens
    ) -> None:
        ada, ben = log_in(ADA, AccountTerms("current")), log_in(BEN)
        path = f"/api/v1/accounts/{first_account(client, ada)}"
        account_id = path.rsplit("/", 1)[-1]
        lives.neighbours.balances[account_id] = 5_00
        full = client.post(f"{path}/close", json={"reason": "moving"}, headers=ada)
        assert (full.status_code, full.json()["code"]) == (409, "accounts.account-not-empty")
        assert (full.json()["booked_minor"], client.get(path, headers=ada).json()["status"]) == (500, "open")
        other = lives.open(tokens.callers["ada"])
        body = {"reason": "moving", "payout_account_id": other}
        closed = client.post(f"{path}/close", json=body, headers=ada)
        assert (closed.status_code, closed.json()["status"]) == (200, "closed")
        assert client.delete(path, headers=bearer("sam")).status_code in (404, 405)
        assert client.get(path, headers=ada).json()["status"] == "closed"
        history = client.get(f"{path}/history", headers=ada).json()["items"]
        assert [edit["new"] for edit in history][-2:] == ["closing", "closed"]
        [kept] = client.get("/api/v1/closed-accounts", headers=ada).json()["items"]
        assert set(kept) == {
            *("id", "original_id", "customer_name", "account_number", "account_type", "branch_name"),
            *("balance_at_deletion", "closed_by", "deletion_date", "reason", "customer_email", "phone_number"),
            "last_transaction_date",
        }
        assert kept["balance_at_deletion"] == {"amount_minor": 500, "currency": "EUR"}
        assert client.get("/api/v1/closed-accounts", headers=ben).json()["items"] == []
        masked = {"customer_email": "a•••@demo.bank", "phone_number": "••••••111"}
        assert client.get("/api/v1/closed-accounts", headers=bearer("sam")).json()["items"] == [{**kept, **masked}]

    def test_can_be_undone_by_an_officer_for_a_while(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        path = f"/api/v1/accounts/{first_account(client, ada)}"
        client.post(f"{path}/close", json={}, headers=ada)
        assert client.post(f"{path}/reopen", json={}, headers=ada).status_code == 403
        assert (
            client.post(f"{path}/reopen", json={}, headers=bearer("olu")).json()["code"] == "accounts.reason-required"
        )
        again = client.post(f"{path}/reopen", json={"reason": "came back"}, headers=bearer("olu"))
        assert (again.status_code, again.json()["status"]) == (200, "open")
        nothing = client.post(f"{path}/wake", json={"reason": "x"}, headers=bearer("olu"))
        assert (nothing.status_code, nothing.json()["code"]) == (409, "accounts.not-dormant")

    def test_hides_anothers_account_like_a_missing_one(self, client: TestClient, log_in: LogIn) -> None:
        account_id, ben = first_account(client, log_in(ADA, AccountTerms("current"))), log_in(BEN)
        for verb in ("freeze", "unfreeze", "wake", "close"):
            bodies: list[dict[str, Any]] = []
            for one in (account_id, "00000000-0000-7000-8000-000000000000"):
                answer = client.post(f"/api/v1/accounts/{one}/{verb}", json={}, headers=ben)
                assert (answer.status_code, answer.json()["code"]) == (404, "accounts.account-not-found")
                bodies.append({**answer.json(), "request_id": None})
            assert bodies[0] == bodies[1]


class TestInitialDeposit:
    def test_is_taken_in_at_a_desk_with_the_opening(
        self, client: TestClient, log_in: LogIn, neighbours: Neighbours, tokens: Tokens
    ) -> None:
        ada = log_in()
        customer_id = tokens.callers["ada"].customer_id
        body = {"product": "savings", "customer_id": customer_id, "initial_deposit_minor": 25_00}
        no = client.post("/api/v1/accounts", json=body, headers={**ada, "Idempotency-Key": "k"})
        assert (no.status_code, no.json()["code"]) == (403, "accounts.deposit-at-desk-only")
        opened = client.post("/api/v1/accounts", json=body, headers=bearer("tess", Idempotency_Key="k"))
        assert (opened.status_code, opened.json()["status"]) == (201, "open")
        held = neighbours.contracts[opened.json()["id"]]
        assert (held["opening_deposit_minor"], held["opening_cash_branch_id"]) == (25_00, "main")
        body["initial_deposit_minor"] = 5_000_000
        large = client.post("/api/v1/accounts", json=body, headers=bearer("tess", Idempotency_Key="l"))
        assert (large.status_code, large.json()["code"]) == (409, "accounts.deposit-needs-checker")
