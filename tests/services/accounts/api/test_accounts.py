"""Accounts over HTTP, behind the real door."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.services.accounts.conftest import BEN, Tokens, bearer
from tests.services.accounts.neighbours import Neighbours

LogIn = Callable[..., dict[str, str]]
Json = dict[str, Any]


def opened(client: TestClient, headers: dict[str, str], key: str = "k", **body: Any) -> Json:
    """Open an account over HTTP."""
    answer = client.post(
        "/api/v1/accounts", json={"product": "current", **body}, headers={**headers, "Idempotency-Key": key}
    )
    assert answer.status_code == 201, answer.text
    account: Json = answer.json()
    return account


class TestOpening:
    def test_gives_the_account_of_the_design(self, client: TestClient, log_in: LogIn) -> None:
        account = opened(client, log_in(), nickname="Rent")
        assert set(account) == {
            *("id", "account_number", "product", "currency", "status", "nickname", "owners", "branch_id"),
            *("opened_at", "last_transaction_at", "version"),
        }
        assert (account["status"], account["nickname"], account["version"]) == ("open", "Rent", 1)

    def test_replays_the_first_answer(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        first = client.post("/api/v1/accounts", json={"product": "current"}, headers={**ada, "Idempotency-Key": "k"})
        again = client.post("/api/v1/accounts", json={"product": "current"}, headers={**ada, "Idempotency-Key": "k"})
        other = client.post("/api/v1/accounts", json={"product": "savings"}, headers={**ada, "Idempotency-Key": "k"})
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["idempotency-replayed"] == "true"
        assert "idempotency-replayed" not in first.headers
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key-reused")

    def test_is_accepted_while_the_ledger_is_down(
        self, client: TestClient, log_in: LogIn, neighbours: Neighbours
    ) -> None:
        ada = log_in()
        neighbours.down = {"transactions"}
        answer = client.post("/api/v1/accounts", json={"product": "current"}, headers={**ada, "Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["status"]) == (202, "opening")

    def test_needs_a_key(self, client: TestClient, log_in: LogIn) -> None:
        answer = client.post("/api/v1/accounts", json={"product": "current"}, headers=log_in())
        assert (answer.status_code, answer.json()["code"]) == (400, "request.idempotency-key")

    @pytest.mark.parametrize(
        "body", [{}, {"product": True}, {"product": "current", "initial_deposit_minor": 0}, {"product": "Cu\x01"}, []]
    )
    def test_refuses_a_body_of_another_shape(self, client: TestClient, log_in: LogIn, body: Any) -> None:
        answer = client.post("/api/v1/accounts", json=body, headers={**log_in(), "Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")

    def test_is_for_people_the_policy_lists(self, client: TestClient, tokens: Tokens) -> None:
        body = {"product": "current"}
        assert client.post("/api/v1/accounts", json=body).status_code == 401
        assert client.post("/api/v1/accounts", json=body, headers=bearer("support")).status_code == 403


class TestReading:
    def test_answers_another_customers_account_like_a_missing_one(self, client: TestClient, log_in: LogIn) -> None:
        account, ben = opened(client, log_in()), log_in(BEN)
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/history", None),
            ("PATCH", "", {"nickname": "Mine", "version": 1}),
        ):
            answers = [
                client.request(method, f"/api/v1/accounts/{one}{path}", json=body, headers=ben)
                for one in (account["id"], "00000000-0000-7000-8000-000000000000")
            ]
            bodies = [{**answer.json(), "request_id": None} for answer in answers]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert {answer.json()["code"] for answer in answers} == {"accounts.account-not-found"}
            assert bodies[0] == bodies[1]

    def test_lists_own_accounts_page_by_page(self, client: TestClient, log_in: LogIn) -> None:
        ada, ben = log_in(), log_in(BEN)
        mine = [opened(client, ada, key)["id"] for key in "abc"]
        his = opened(client, ben)
        first = client.get("/api/v1/accounts?limit=2", headers=ada).json()
        second = client.get("/api/v1/accounts", params={"after": first["next"]}, headers=ada).json()
        assert [one["id"] for one in first["items"] + second["items"]] == mine
        assert second["next"] is None
        others = client.get("/api/v1/accounts", params={"customer_id": his["owners"][0]}, headers=ada).json()
        assert others == {"items": [], "next": None}

    def test_shows_staff_all_or_those_of_one_customer(self, client: TestClient, log_in: LogIn) -> None:
        one, two = opened(client, log_in()), opened(client, log_in(BEN))
        seen = client.get("/api/v1/accounts", headers=bearer("tess")).json()["items"]
        assert seen == [one, two]
        of_two = client.get("/api/v1/accounts", params={"customer_id": two["owners"][0]}, headers=bearer("tess"))
        assert of_two.json()["items"] == [two]

    def test_narrows_to_a_state_a_product_and_a_branch(self, client: TestClient, log_in: LogIn) -> None:
        ada, tess = log_in(), bearer("tess")
        one, two = opened(client, ada), opened(client, ada, "second")
        frozen = client.post(f"/api/v1/accounts/{two['id']}/freeze", json={"reason": "x"}, headers=tess)
        assert frozen.status_code == 200, frozen.text

        def found(**wanted: str) -> list[str]:
            return [row["id"] for row in client.get("/api/v1/accounts", params=wanted, headers=tess).json()["items"]]

        assert found(status="open") == [one["id"]]
        assert found(status="frozen") == [two["id"]]
        assert found(status="frozen", product="current", branch_id="main") == [two["id"]]
        assert found(product="savings") == found(branch_id="moon") == []
        assert client.get("/api/v1/accounts?status=gone", headers=tess).status_code == 422


class TestChanging:
    def test_keeps_a_history(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        path = f"/api/v1/accounts/{opened(client, ada)['id']}"
        changed = client.patch(path, json={"nickname": "Rent", "note": "mine"}, headers={**ada, "If-Match": '"1"'})
        assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
        edit = client.get(f"{path}/history", headers=ada).json()["items"][0]
        assert (edit["field"], edit["old"], edit["new"], edit["note"]) == ("nickname", None, "Rent", "mine")

    def test_needs_the_newest_version(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        path = f"/api/v1/accounts/{opened(client, ada)['id']}"
        assert client.patch(path, json={"nickname": "Rent"}, headers=ada).status_code == 428
        stale = client.patch(path, json={"nickname": "Rent"}, headers={**ada, "If-Match": '"7"'})
        assert (stale.status_code, stale.json()["code"]) == (412, "request.version-mismatch")
        assert stale.json()["current_version"] == 1


class TestLookup:
    def test_answers_match_close_or_none(self, client: TestClient, log_in: LogIn) -> None:
        account, ben = opened(client, log_in()), log_in(BEN)
        asked = {"account_number": account["account_number"], "name": "Ada Lovelase"}
        answer = client.post("/api/v1/accounts/lookup", json=asked, headers=ben)
        assert answer.json() == {"result": "close", "suggestion": "Ada Lovelace"}

    def test_refuses_a_wrong_check_digit(self, client: TestClient, log_in: LogIn) -> None:
        asked = {"account_number": "DE88370400440532013000", "name": "Ada"}
        answer = client.post("/api/v1/accounts/lookup", json=asked, headers=log_in())
        assert (answer.status_code, answer.json()["code"]) == (422, "accounts.bad-account-number")
