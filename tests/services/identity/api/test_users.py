"""User administration over HTTP."""

import pytest
from fastapi.testclient import TestClient

from tests.services.identity.api.test_auth import bearer, log_in
from tests.services.identity.conftest import World


def user_named(client: TestClient, admin: dict[str, str], name: str) -> dict[str, object]:
    items = client.get("/api/v1/users?limit=200", headers=admin).json()["items"]
    return next(item for item in items if item["email"] == f"{name}@demo.bank")


class TestUsers:
    def test_are_listed_for_an_admin_only(self, client: TestClient) -> None:
        assert client.get("/api/v1/users", headers=bearer(log_in(client))).status_code == 403
        answer = client.get("/api/v1/users?role=teller", headers=bearer(log_in(client, "alma")))
        assert [item["email"] for item in answer.json()["items"]] == ["tess@demo.bank"]
        assert "password" not in answer.text

    @pytest.mark.parametrize(("role", "status"), [("teller", 201), ("admin", 202)])
    def test_are_invited_once_for_a_key(self, client: TestClient, role: str, status: int) -> None:
        admin = {**bearer(log_in(client, "alma")), "idempotency-key": "k"}
        wish = {"email": "new@demo.bank", "roles": [role], "branch_id": "main"}
        first, again = (client.post("/api/v1/users", json=wish, headers=admin) for _ in range(2))
        assert (first.status_code, again.status_code, again.content) == (status, status, first.content)
        assert again.headers["idempotency-replayed"] == "true"
        other = client.post("/api/v1/users", json={**wish, "roles": ["support"]}, headers=admin)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key-reused")

    def test_show_no_customers_address(self, world: World, client: TestClient) -> None:
        world.add("cleo@demo.bank", "customer", customer_id="c1")
        answer = client.get("/api/v1/users?role=customer", headers=bearer(log_in(client, "alma")))
        assert [item["email"] for item in answer.json()["items"]] == ["c•••@demo.bank"]

    def test_change_at_once(self, client: TestClient) -> None:
        tokens, admin = log_in(client), bearer(log_in(client, "alma"))
        path = f"/api/v1/users/{user_named(client, admin, 'tess')['id']}"
        answer = client.patch(path, json={"status": "suspended"}, headers={**admin, "if-match": '"1"'})
        assert (answer.status_code, answer.json()["version"], answer.headers["etag"]) == (200, 2, '"2"')
        assert client.get("/api/v1/auth/me", headers=bearer(tokens)).status_code == 401
        body = {"email": "tess@demo.bank", "password": "demo-password-tess"}
        assert client.post("/api/v1/auth/login", json=body).status_code == 401

    def test_need_the_version_that_was_seen(self, client: TestClient) -> None:
        admin = bearer(log_in(client, "alma"))
        path = f"/api/v1/users/{user_named(client, admin, 'tess')['id']}"
        assert client.patch(path, json={"roles": ["officer"]}, headers=admin).status_code == 428
        old = client.patch(path, json={"roles": ["officer"], "version": 9}, headers=admin)
        assert (old.status_code, old.json()["current_version"]) == (412, 1)

    def test_wait_for_a_second_person_where_a_role_is_checked(self, client: TestClient) -> None:
        admin = bearer(log_in(client, "alma"))
        path = f"/api/v1/users/{user_named(client, admin, 'tess')['id']}"
        first = client.patch(path, json={"roles": ["admin"], "version": 1}, headers=admin)
        again = client.patch(path, json={"roles": ["admin"], "version": 1}, headers=admin)
        assert (first.status_code, first.json()["approval"]["status"]) == (202, "pending")
        assert again.json() == first.json()
        assert user_named(client, admin, "tess")["roles"] == ["teller"]

    def test_keep_the_last_admin(self, client: TestClient) -> None:
        admin = bearer(log_in(client, "alma"))
        path = f"/api/v1/users/{user_named(client, admin, 'alma')['id']}"
        answer = client.patch(path, json={"roles": ["teller"], "version": 1}, headers=admin)
        assert (answer.status_code, answer.json()["code"]) == (409, "identity.last-admin")

    def test_take_no_other_field(self, client: TestClient) -> None:
        admin = bearer(log_in(client, "alma"))
        path = f"/api/v1/users/{user_named(client, admin, 'tess')['id']}"
        for field in ("email", "password", "customer_id", "branch_id", "id"):
            assert client.patch(path, json={"version": 1, field: "x"}, headers=admin).status_code == 422
        assert client.patch(path, json={"version": 1, "roles": ["service"]}, headers=admin).status_code == 422
