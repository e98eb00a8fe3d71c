"""Sessions and devices of somebody else over HTTP, for staff."""

import pytest
from fastapi.testclient import TestClient

from tests.services.identity.api.test_auth import bearer, log_in
from tests.services.identity.conftest import PASSWORD, World

REASON = {"reason": "her phone is gone"}


@pytest.fixture
def ada(world: World, client: TestClient) -> dict[str, str]:
    """A customer who is signed in twice; gives the id and the token of the newer session."""
    user = world.add("ada@example.org", "customer", customer_id="c1")
    body = {"email": "ada@example.org", "password": PASSWORD}
    tokens = [client.post("/api/v1/auth/login", json=body).json() for _ in range(2)][-1]
    return {"id": user.id, **tokens}


class TestSessionsOf:
    @pytest.mark.parametrize("staff", ["olu", "sam", "sue", "amir", "alma"])
    def test_are_shown_to_staff_and_the_look_is_kept(self, client: TestClient, ada: dict[str, str], staff: str) -> None:
        answer = client.get(f"/api/v1/users/{ada['id']}/sessions?limit=1", headers=bearer(log_in(client, staff)))
        page = answer.json()
        assert [(one["current"], one["device"]) for one in page["items"]] == [(False, "Unknown device")]
        assert page["next"] is not None
        trail = client.get("/api/v1/audit?service=identity&subject=c1", headers=bearer(log_in(client, "amir"))).json()
        assert [one["after"]["what"] for one in trail["items"]] == ["GET /api/v1/users/{user_id}/sessions"]

    @pytest.mark.parametrize("name", ["sessions", "devices"])
    def test_are_not_for_tellers_and_customers(self, client: TestClient, ada: dict[str, str], name: str) -> None:
        for headers in (bearer(ada), bearer(log_in(client))):
            assert client.get(f"/api/v1/users/{ada['id']}/{name}", headers=headers).status_code == 403

    @pytest.mark.parametrize("name", ["sessions", "devices"])
    def test_answer_for_staff_as_if_there_were_none(self, client: TestClient, name: str) -> None:
        sam = client.get("/api/v1/auth/me", headers=bearer(log_in(client, "sam"))).json()["user_id"]
        olu, amir = bearer(log_in(client, "olu")), bearer(log_in(client, "amir"))
        hidden, missing = (client.get(f"/api/v1/users/{one}/{name}", headers=olu) for one in (sam, "nobody"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.json()["code"] == missing.json()["code"] == "identity.user-not-found"
        assert client.get(f"/api/v1/users/{sam}/{name}", headers=amir).status_code == 200


class TestDevicesOf:
    def test_are_told_by_name_and_time_and_never_by_their_token(self, client: TestClient, ada: dict[str, str]) -> None:
        olu, path = bearer(log_in(client, "olu")), f"/api/v1/users/{ada['id']}/devices"
        first = client.get(f"{path}?limit=1", headers=olu).json()
        second = client.get(f"{path}?limit=1&after={first['next']}", headers=olu).json()
        found = first["items"] + second["items"]
        assert (len({one["id"] for one in found}), second["next"]) == (2, None)
        assert {frozenset(one) for one in found} == {frozenset({"id", "name", "first_seen_at", "last_seen_at"})}


class TestEndSessions:
    def test_voids_tokens_at_once_and_once_for_a_key(self, client: TestClient, ada: dict[str, str]) -> None:
        olu = {**bearer(log_in(client, "olu")), "idempotency-key": "k"}
        path = f"/api/v1/users/{ada['id']}/sessions/end"
        ended, again = (client.post(path, json=REASON, headers=olu) for _ in range(2))
        assert (ended.status_code, len(ended.json()["ended_sessions"])) == (200, 2)
        assert (again.content, again.headers["idempotency-replayed"]) == (ended.content, "true")
        assert client.get("/api/v1/auth/me", headers=bearer(ada)).status_code == 401

    def test_ends_one_alone(self, client: TestClient, ada: dict[str, str]) -> None:
        olu, path = bearer(log_in(client, "olu")), f"/api/v1/users/{ada['id']}/sessions"
        older = client.get(path, headers=olu).json()["items"][1]["id"]
        answer = client.post(f"{path}/end", json={**REASON, "session_id": older}, headers=olu)
        assert answer.json() == {"ended_sessions": [older]}
        assert client.get("/api/v1/auth/me", headers=bearer(ada)).status_code == 200
        gone = client.post(f"{path}/end", json={**REASON, "session_id": older}, headers=olu)
        assert (gone.status_code, gone.json()["code"]) == (404, "identity.session-not-found")

    def test_needs_a_reason_and_a_role(self, client: TestClient, ada: dict[str, str]) -> None:
        path = f"/api/v1/users/{ada['id']}/sessions/end"
        assert client.post(path, json={}, headers=bearer(log_in(client, "olu"))).status_code == 422
        for headers in (bearer(ada), bearer(log_in(client)), bearer(log_in(client, "amir"))):
            assert client.post(path, json=REASON, headers=headers).status_code == 403
