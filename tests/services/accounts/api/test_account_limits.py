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
        assert client.put(path, json={}, headers=bearer("sam")).status_code == 403
        other = client.put(path, json={}, headers=log_in(BEN))
        assert (other.status_code, other.json()["code"]) == (404, "accounts.account-not-found")


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
