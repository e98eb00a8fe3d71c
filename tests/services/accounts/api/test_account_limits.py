"""Own limits and waived fees over HTTP."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from tests.services.accounts.conftest import ADA, BEN, bearer
from tests.services.accounts.neighbours import Neighbours

LogIn = Callable[..., dict[str, str]]


class TestLimits:
    def test_are_lowered_at_once_and_raised_later(
        self, client: TestClient, log_in: LogIn, neighbours: Neighbours
    ) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]["id"]
        path = f"/api/v1/accounts/{account}/limits"
        lower = client.put(path, json={"per_day_minor": 500}, headers=ada)
        assert (lower.status_code, lower.json()["own"]["per_day_minor"], lower.json()["waiting"]) == (200, 500, None)
        assert neighbours.contracts[account]["limits"]["per_day_minor"] == 500
        higher = client.put(path, json={}, headers=ada).json()
        assert (higher["own"]["per_day_minor"], higher["waiting"]["limits"]["per_day_minor"]) == (500, None)
        assert client.get(path, headers=bearer("tess")).json() == higher
        for wrong in ({"per_day_minor": -1}, {"per_day_minor": True}, {"per_year_minor": 1}):
            assert client.put(path, json=wrong, headers=ada).status_code == 422
        assert client.put(path, json={}, headers=bearer("tess")).status_code == 403
        other = client.put(path, json={}, headers=log_in(BEN))
        assert (other.status_code, other.json()["code"]) == (404, "accounts.account-not-found")

    def test_are_raised_by_staff_when_another_has_approved_it(
        self, client: TestClient, log_in: LogIn, neighbours: Neighbours
    ) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]["id"]
        path = f"/api/v1/accounts/{account}/limits"
        client.put(path, json={"per_day_minor": 500}, headers=ada)
        bare = client.put(path, json={"per_day_minor": 900}, headers=bearer("olu"))
        assert (bare.status_code, bare.json()["code"]) == (422, "accounts.reason-required")
        wish = {"per_day_minor": 900, "reason": "buys a car"}
        waits = client.put(path, json=wish, headers=bearer("olu", idempotency_key="k"))
        assert waits.status_code == 202
        assert client.put(path, json=wish, headers=bearer("olu", idempotency_key="k")).content == waits.content
        approval = f"/api/v1/approvals/{waits.json()['approval']['id']}"
        assert client.get(approval, headers=bearer("sam")).json()["changes"] == [
            {"field": "per_day_minor", "before": 500, "after": 900}
        ]
        assert client.post(f"{approval}/approve", json={}, headers=bearer("olu")).status_code == 403
        assert neighbours.contracts[account]["limits"]["per_day_minor"] == 500
        assert client.post(f"{approval}/approve", json={}, headers=bearer("sam")).status_code == 200
        assert neighbours.contracts[account]["limits"]["per_day_minor"] == 900
        lower = client.put(path, json={"per_day_minor": 100, "reason": "fraud"}, headers=bearer("olu"))
        assert (lower.status_code, lower.json()["own"]["per_day_minor"]) == (200, 100)


class TestWaivedFees:
    def test_are_an_officers_with_a_reason(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]["id"]
        path = f"/api/v1/accounts/{account}/waived-fees"
        assert client.get(path, headers=ada).json() == {"account_id": account, "fees": []}
        wish = {"fees": ["monthly"], "reason": "complaint"}
        for who, status, code in (
            (ada, 403, "auth.role-not-allowed"),
            (bearer("tess"), 403, "auth.role-not-allowed"),
            (bearer("olu"), 409, "accounts.fee-not-waivable"),
        ):
            answer = client.put(path, json=wish, headers=who)
            assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert client.put(path, json={"fees": []}, headers=bearer("olu")).status_code == 422
