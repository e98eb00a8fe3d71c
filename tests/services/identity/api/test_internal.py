"""What other services ask."""

from fastapi.testclient import TestClient
from httpx2 import Response

from services.identity.main import create_app
from tests.services.identity.api.test_auth import bearer, log_in
from tests.services.identity.conftest import World

EVE = {"email": "eve@demo.bank", "password": "a long and quiet river", "branch_id": "b1"}


def ask_token(client: TestClient, audience: str = "identity", **more: str) -> Response:
    body = {"client_id": "accounts", "client_secret": "secret-of-accounts", "audience": audience, **more}
    return client.post("/internal/service-tokens", json=body)


def as_accounts(client: TestClient) -> dict[str, str]:
    return bearer(ask_token(client).json())


class TestServiceTokens:
    def test_open_internal_routes(self, client: TestClient) -> None:
        assert client.get("/internal/revocations", headers=as_accounts(client)).status_code == 200

    def test_open_nothing_at_another_service(self, client: TestClient) -> None:
        other = bearer(ask_token(client, audience="support").json())
        assert client.get("/internal/revocations", headers=other).status_code == 401

    def test_are_not_given_for_a_wrong_secret(self, client: TestClient) -> None:
        answer = ask_token(client, client_secret="wrong")
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid-client")

    def test_are_no_user_tokens_and_the_other_way_round(self, client: TestClient) -> None:
        assert client.get("/api/v1/auth/me", headers=as_accounts(client)).status_code == 403
        assert client.get("/internal/revocations", headers=bearer(log_in(client, "alma"))).status_code == 403


class TestRevocations:
    def test_are_read_by_number(self, client: TestClient) -> None:
        for _ in range(3):
            client.post("/api/v1/auth/logout", headers=bearer(log_in(client)))
        service = as_accounts(client)
        page = client.get("/internal/revocations?limit=2", headers=service).json()
        assert ([item["sequence"] for item in page["items"]], page["next"], page["newest"]) == ([1, 2], 2, 3)
        page = client.get("/internal/revocations?after=2", headers=service).json()
        assert ([item["sequence"] for item in page["items"]], page["next"]) == ([3], None)

    def test_hold_after_a_restart(self, world: World) -> None:
        with TestClient(create_app(world.settings)) as before:
            tokens = log_in(before)
            before.post("/api/v1/auth/logout", headers=bearer(tokens))
        with TestClient(create_app(world.settings)) as after:
            assert after.get("/api/v1/auth/me", headers=bearer(tokens)).status_code == 401


class TestCustomerLogins:
    def test_are_made_once(self, client: TestClient) -> None:
        service, path = as_accounts(client), "/internal/users/for-customer/c1"
        made, again = (client.put(path, json=EVE, headers=service) for _ in range(2))
        assert (made.status_code, again.status_code) == (201, 200)
        assert made.json() == again.json() == client.get(path, headers=service).json()
        assert made.json()["roles"] == ["customer"]
        answer = client.get(f"/internal/users/{made.json()['user_id']}", headers=service)
        assert (answer.json()["email"], answer.json()["customer_id"]) == ("eve@demo.bank", "c1")

    def test_refuse_an_address_that_is_taken(self, client: TestClient) -> None:
        service = as_accounts(client)
        client.put("/internal/users/for-customer/c1", json=EVE, headers=service)
        answer = client.put("/internal/users/for-customer/c2", json=EVE, headers=service)
        assert (answer.status_code, answer.json()["code"]) == (409, "identity.email-taken")

    def test_refuse_a_short_password(self, client: TestClient) -> None:
        body = {**EVE, "password": "short"}
        answer = client.put("/internal/users/for-customer/c1", json=body, headers=as_accounts(client))
        assert (answer.status_code, answer.json()["code"]) == (422, "identity.password-too-short")

    def test_answer_404_when_there_are_none(self, client: TestClient) -> None:
        service = as_accounts(client)
        for path in ("/internal/users/for-customer/nobody", "/internal/users/nobody"):
            assert client.get(path, headers=service).status_code == 404

    def test_are_made_for_accounts_only(self, client: TestClient) -> None:
        body = {"client_id": "notifications", "client_secret": "secret-of-notifications", "audience": "identity"}
        other = bearer(client.post("/internal/service-tokens", json=body).json())
        answer = client.put("/internal/users/for-customer/c1", json=EVE, headers=other)
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.role-not-allowed")

    def test_are_for_services_only(self, client: TestClient) -> None:
        admin = bearer(log_in(client, "alma"))
        assert client.put("/internal/users/for-customer/c1", json=EVE, headers=admin).status_code == 403
        assert client.put("/internal/users/for-customer/c1", json=EVE).status_code == 401


class TestFacts:
    def test_are_told_without_addresses(self, client: TestClient) -> None:
        service = as_accounts(client)
        client.put("/internal/users/for-customer/c1", json=EVE, headers=service)
        events = client.get("/internal/events?limit=1000", headers=service)
        assert [item["type"] for item in events.json()["events"]] == ["bank.identity.user-created.v1"] * 7
        snapshot = client.get("/internal/snapshot", headers=service)
        assert len(snapshot.json()["users"]) == 7
        assert "@" not in events.text + snapshot.text
