"""User administration over HTTP."""

from fastapi.testclient import TestClient

from tests.services.identity.api.test_auth import bearer, log_in


def user_named(client: TestClient, admin: dict[str, str], name: str) -> dict[str, object]:
    items = client.get("/api/v1/users?limit=200", headers=admin).json()["items"]
    return next(item for item in items if item["email"] == f"{name}@demo.bank")


class TestUsers:
    def test_are_listed_for_an_admin_only(self, client: TestClient) -> None:
        assert client.get("/api/v1/users", headers=bearer(log_in(client))).status_code == 403
        answer = client.get("/api/v1/users?role=teller", headers=bearer(log_in(client, "alma")))
        assert [item["email"] for item in answer.json()["items"]] == ["tess@demo.bank"]
        assert "password" not in answer.text

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
