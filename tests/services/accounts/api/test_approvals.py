"""Rates, products and closings that need a second person, over HTTP."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from shared.clock import bank_now
from tests.services.accounts.conftest import ADA, Lives, Tokens, bearer
from tests.services.accounts.neighbours import Neighbours

TOMORROW = (bank_now().date() + timedelta(days=1)).isoformat()
RATE: dict[str, Any] = {
    "product": "savings",
    "rate_basis_points": 300,
    "effective_from": TOMORROW,
    "reason": "the market moved",
}
SAM, ALMA, OLU, TESS = (bearer(name) for name in ("sam", "alma", "olu", "tess"))


def wait(client: TestClient, body: dict[str, Any] | None = None, **headers: str) -> str:
    answer = client.post("/api/v1/interest-rates", json=body or RATE, headers={**SAM, **headers})
    assert answer.status_code == 202, answer.text
    assert set(answer.json()) == {"approval"}
    assert set(answer.json()["approval"]) == {"id", "status", "expires_at"}
    return str(answer.json()["approval"]["id"])


class TestRates:
    def test_change_only_once_another_person_approved_it(self, client: TestClient) -> None:
        approval = f"/api/v1/approvals/{wait(client)}"
        assert len(client.get("/api/v1/interest-rates?product=savings").json()["items"]) == 1
        shown = client.get(approval, headers=ALMA).json()
        assert {"field": "rate_basis_points", "before": 275, "after": 300} in shown["changes"]
        assert (shown["status"], shown["made_by"], shown["reason"]) == ("pending", "sam", "the market moved")
        own = client.post(f"{approval}/approve", json={}, headers=SAM)
        assert (own.status_code, own.json()["code"]) == (403, "accounts.own-request")
        other = client.post(f"{approval}/approve", json={}, headers=OLU)
        assert (other.status_code, other.json()["code"]) == (403, "accounts.not-a-checker")
        done = client.post(f"{approval}/approve", json={"note": "seen"}, headers=ALMA)
        assert (done.status_code, done.json()["decided_by"]) == (200, "alma")
        late = client.post(f"{approval}/reject", json={}, headers=ALMA)
        assert (late.status_code, late.json()["code"]) == (409, "accounts.approval-decided")
        assert client.get(approval, headers=SAM).json()["status"] == "executed"
        rates = client.get("/api/v1/interest-rates?product=savings").json()["items"]
        [new] = [one for one in rates if one["rate_basis_points"] == 300]
        assert (new["created_by"], new["note"], new["effective_from"]) == ("sam", "the market moved", TOMORROW)
        again = client.post("/api/v1/interest-rates", json=RATE, headers=SAM)
        assert (again.status_code, again.json()["code"]) == (409, "accounts.rate-overlaps")

    def test_ask_once_per_key_and_not_at_all_for_what_would_be_refused(self, client: TestClient) -> None:
        assert wait(client, **{"Idempotency-Key": "k"}) == wait(client, **{"Idempotency-Key": "k"})
        for wrong in (
            {"effective_from": "2020-01-01"},
            {"product": "gold"},
            {"tier_from_minor": 5, "side": "debit"},
            {"rate_basis_points": 10_001},
        ):
            no = client.post("/api/v1/interest-rates", json={**RATE, **wrong}, headers=SAM)
            assert no.status_code == 422, no.text
        assert client.post("/api/v1/interest-rates", json=RATE, headers=TESS).status_code == 403

    def test_are_taken_back_before_they_begin(self, client: TestClient) -> None:
        client.post(f"/api/v1/approvals/{wait(client)}/approve", json={}, headers=ALMA)
        [rate] = [
            one
            for one in client.get("/api/v1/interest-rates?product=savings").json()["items"]
            if one["rate_basis_points"] == 300
        ]
        path = f"/api/v1/interest-rates/{rate['id']}"
        asked = client.patch(path, json={"withdrawn": True, "reason": "typo", "version": 1}, headers=SAM)
        approval = asked.json()["approval"]["id"]
        client.post(f"/api/v1/approvals/{approval}/approve", json={}, headers=ALMA)
        assert client.get(path).json()["withdrawn_by"] == "sam"
        first = client.get("/api/v1/interest-rates?product=savings").json()["items"][0]["id"]
        for rate_id, code in ((first, "rate-began"), ("none", "rate-not-found")):
            body = {"withdrawn": True, "reason": "typo", "version": 1}
            no = client.patch(f"/api/v1/interest-rates/{rate_id}", json=body, headers=SAM)
            if rate_id != rate["id"]:
                assert no.json()["code"] in (f"accounts.{code}", "request.version-mismatch")


class TestProducts:
    def test_have_versions_with_who_and_why(self, client: TestClient) -> None:
        fee = {"kind": "monthly", "amount_minor": 490, "currency": "EUR", "waivable": True}
        body = {"fees": [fee], "effective_from": TOMORROW, "reason": "costs", "version": 1}
        asked = client.patch("/api/v1/products/current", json=body, headers=SAM)
        assert asked.status_code == 202, asked.text
        approval = asked.json()["approval"]["id"]
        client.post(f"/api/v1/approvals/{approval}/approve", json={}, headers=ALMA)
        shown = client.get("/api/v1/products/current").json()
        assert (shown["version"], shown["effective_version"], shown["fees"]) == (2, 1, [])
        versions = client.get("/api/v1/products/current/versions").json()["items"]
        assert [(one["version"], one["created_by"], one["note"]) for one in versions] == [
            (1, "seed", None),
            (2, "sam", "costs"),
        ]
        assert versions[1]["terms"]["fees"][0]["amount_minor"] == 490
        told = client.get("/internal/product-terms", headers=bearer("transactions")).json()
        assert [one["version"] for one in told["products"] if one["product"] == "current"] == [1, 2]
        assert {one["product"] for one in told["rates"]} >= {"savings", "current"}

    def test_are_made_new_and_refused_if_they_do_not_fit(self, client: TestClient) -> None:
        gold = {"id": "gold", "name": "Gold", "kind": "savings", "currencies": ["EUR"], "reason": "new"}
        approval = client.post("/api/v1/products", json=gold, headers=SAM).json()["approval"]["id"]
        client.post(f"/api/v1/approvals/{approval}/approve", json={}, headers=ALMA)
        assert client.get("/api/v1/products/gold").json()["kind"] == "savings"
        for wrong, status, code in (
            ({}, 409, "accounts.product-exists"),
            ({"id": "g2", "name": "G2", "overdraft_limit_minor": 1}, 422, "accounts.bad-terms"),
            ({"id": "g2", "name": "G2", "effective_from": "2020-01-01"}, 422, "accounts.bad-effective-date"),
        ):
            no = client.post("/api/v1/products", json={**gold, **wrong}, headers=SAM)
            assert (no.status_code, no.json()["code"]) == (status, code)


class TestInbox:
    def test_shows_tellers_their_own_requests_only(
        self, client: TestClient, log_in: Callable[..., dict[str, str]], lives: Lives, tokens: Tokens
    ) -> None:
        log_in(ADA, AccountTerms("current"))
        ada = tokens.callers["ada"]
        account_id, other = lives.open(ada, balance=5_000_000), lives.open(ada)
        path, body = f"/api/v1/accounts/{account_id}", {"reason": "moving", "payout_account_id": other}
        asked = client.post(f"{path}/close", json=body, headers=TESS)
        assert asked.status_code == 202, asked.text
        mine, rates = asked.json()["approval"]["id"], wait(client)
        assert [one["id"] for one in client.get("/api/v1/approvals", headers=TESS).json()["items"]] == [mine]
        both = client.get("/api/v1/approvals?status=pending", headers=OLU).json()["items"]
        assert [one["id"] for one in both] == [mine, rates]
        hidden = client.get(f"/api/v1/approvals/{rates}", headers=TESS)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "accounts.approval-not-found")
        assert client.post(f"/api/v1/approvals/{mine}/approve", json={}, headers=OLU).status_code == 200
        assert client.get(path, headers=TESS).json()["status"] == "closed"
        assert lives.neighbours.balances[other] == 5_000_000

    def test_lets_the_maker_take_a_request_back_and_another_reject_it(self, client: TestClient) -> None:
        first, second = wait(client), wait(client)
        no = client.post(f"/api/v1/approvals/{first}/withdraw", json={}, headers=ALMA)
        assert (no.status_code, no.json()["code"]) == (403, "accounts.not-the-maker")
        assert client.post(f"/api/v1/approvals/{first}/withdraw", json={}, headers=SAM).json()["status"] == "void"
        rejected = client.post(f"/api/v1/approvals/{second}/reject", json={"note": "no"}, headers=ALMA).json()
        assert (rejected["status"], rejected["note"]) == ("rejected", "no")
        rules = {one["command"]: one for one in client.get("/api/v1/approvals/rules", headers=TESS).json()["items"]}
        assert rules["set-rate"]["checkers"] == ["supervisor", "admin"]

    def test_has_the_rules_of_every_service_or_none(self, client: TestClient, neighbours: Neighbours) -> None:
        rules = client.get("/api/v1/approvals/rules", headers=TESS).json()["items"]
        assert {one["service"] for one in rules} == {"accounts", "transactions", "identity"}
        assert [one["above_minor"] for one in rules if one["command"] == "deposit"] == [4_999_999, 4_999_999]
        neighbours.down.add("rules")
        assert client.get("/api/v1/approvals/rules", headers=TESS).status_code == 503
