"""Sign-in over HTTP."""

from fastapi.testclient import TestClient
from httpx2 import Response

LOGIN = "/api/v1/auth/login"
TESS = {"email": "tess@demo.bank", "password": "demo-password-tess"}


def log_in(client: TestClient, name: str = "tess", **headers: str) -> dict[str, str]:
    body = {"email": f"{name}@demo.bank", "password": f"demo-password-{name}"}
    answer = client.post(LOGIN, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def bearer(tokens: dict[str, str]) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens['access_token']}"}


def without_request_id(answer: Response) -> dict[str, object]:
    return {name: value for name, value in answer.json().items() if name != "request_id"}


class TestLogin:
    def test_gives_tokens(self, client: TestClient) -> None:
        answer = client.post(LOGIN, json=TESS)
        assert set(answer.json()) == {"access_token", "token_type", "expires_in", "refresh_token"}
        assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 300)
        assert answer.headers["cache-control"] == "no-store"

    def test_answers_an_unknown_user_like_a_wrong_password(self, client: TestClient) -> None:
        wrong = client.post(LOGIN, json={**TESS, "password": "not the right one"})
        unknown = client.post(LOGIN, json={**TESS, "email": "nobody@demo.bank"})
        assert wrong.status_code == unknown.status_code == 401
        assert wrong.json()["code"] == "auth.invalid-credentials"
        assert without_request_id(wrong) == without_request_id(unknown)
        names = [sorted(set(one.headers) - {"x-request-id"}) for one in (wrong, unknown)]
        assert names[0] == names[1]

    def test_repeats_nothing_of_a_bad_body(self, client: TestClient) -> None:
        answer = client.post(LOGIN, json={"email": "x", "password": 12345678901234, "roles": ["admin"]})
        assert answer.status_code == 422
        assert "12345678901234" not in answer.text

    def test_believes_the_gateway_about_addresses_and_nobody_else(self, client: TestClient) -> None:
        tokens = log_in(client, "amir", **{"x-client-address": "198.51.100.9", "user-agent": "a" * 300})
        event = client.get("/api/v1/auth/events", headers=bearer(tokens)).json()["items"][0]
        assert (event["address"], len(event["agent"])) == ("198.51.100.9", 256)
        stranger = TestClient(client.app, client=("203.0.113.5", 1))
        tokens = log_in(stranger, "amir", **{"x-client-address": "198.51.100.9"})
        event = client.get("/api/v1/auth/events", headers=bearer(tokens)).json()["items"][0]
        assert event["address"] == "203.0.113.5"


class TestMe:
    def test_says_who_asks(self, client: TestClient) -> None:
        me = client.get("/api/v1/auth/me", headers=bearer(log_in(client))).json()
        assert set(me) == {"user_id", "email", "roles", "branch_id", "customer_id", "session_id", "factors"}
        assert (me["email"], me["roles"], me["factors"]) == ("tess@demo.bank", ["teller"], [])

    def test_needs_a_token(self, client: TestClient) -> None:
        assert client.get("/api/v1/auth/me").status_code == 401


class TestRefresh:
    def test_rotates(self, client: TestClient) -> None:
        tokens = log_in(client)
        fresh = client.post("/api/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert fresh.status_code == 200
        assert fresh.json()["refresh_token"] != tokens["refresh_token"]
        assert client.get("/api/v1/auth/me", headers=bearer(fresh.json())).status_code == 200

    def test_ends_the_session_at_once_when_a_token_is_reused(self, client: TestClient) -> None:
        tokens = log_in(client)
        body = {"refresh_token": tokens["refresh_token"]}
        assert client.post("/api/v1/auth/refresh", json=body).status_code == 200
        stolen = client.post("/api/v1/auth/refresh", json=body, headers={"user-agent": "somebody else"})
        assert (stolen.status_code, stolen.json()["code"]) == (401, "auth.invalid-refresh-token")
        assert client.get("/api/v1/auth/me", headers=bearer(tokens)).status_code == 401

    def test_takes_no_access_token(self, client: TestClient) -> None:
        body = {"refresh_token": log_in(client)["access_token"][:500]}
        assert client.post("/api/v1/auth/refresh", json=body).status_code == 401


class TestLogout:
    def test_predecessor_d10_logout_is_logged(self, client: TestClient) -> None:
        tokens = log_in(client)
        assert client.post("/api/v1/auth/logout", headers=bearer(tokens)).status_code == 204
        events = client.get("/api/v1/auth/events", headers=bearer(log_in(client))).json()["items"]
        assert [event["kind"] for event in events] == ["login", "logout", "login"]

    def test_voids_both_tokens_at_once(self, client: TestClient) -> None:
        tokens = log_in(client)
        client.post("/api/v1/auth/logout", headers=bearer(tokens))
        assert client.get("/api/v1/auth/me", headers=bearer(tokens)).status_code == 401
        body = {"refresh_token": tokens["refresh_token"]}
        assert client.post("/api/v1/auth/refresh", json=body).status_code == 401

    def test_everywhere_voids_the_others_too(self, client: TestClient) -> None:
        first, second = log_in(client), log_in(client)
        assert client.post("/api/v1/auth/logout-all", headers=bearer(first)).status_code == 204
        assert client.get("/api/v1/auth/me", headers=bearer(second)).status_code == 401


class TestPasswordChange:
    def test_ends_other_sessions_and_keeps_this_one(self, client: TestClient) -> None:
        this, other = log_in(client), log_in(client)
        body = {"current_password": "demo-password-tess", "new_password": "a long and quiet river"}
        assert client.post("/api/v1/auth/password/change", json=body, headers=bearer(this)).status_code == 204
        assert client.get("/api/v1/auth/me", headers=bearer(this)).status_code == 200
        assert client.get("/api/v1/auth/me", headers=bearer(other)).status_code == 401

    def test_refuses_a_wrong_present_one(self, client: TestClient) -> None:
        body = {"current_password": "no", "new_password": "a long and quiet river"}
        answer = client.post("/api/v1/auth/password/change", json=body, headers=bearer(log_in(client)))
        assert (answer.status_code, answer.json()["code"]) == (422, "identity.wrong-password")


class TestAHiddenBalance:
    def test_is_shown_again_only_to_who_proves_themself(self, client: TestClient) -> None:
        tess, path = bearer(log_in(client)), "/api/v1/auth/privacy"
        for wish in ({"hides_balance": False}, {"hides_balance": True}):
            assert client.put(path, json=wish, headers=tess).json() == wish
        for proof in ({}, {"password": "demo-password-olu"}):
            refused = client.put(path, json={"hides_balance": False, **proof}, headers=tess)
            assert (refused.status_code, refused.json()["code"]) == (422, "auth.reauthentication-failed")
        assert client.get(path, headers=tess).json() == {"hides_balance": True}
        shown = client.put(path, json={"hides_balance": False, "password": "demo-password-tess"}, headers=tess)
        assert shown.json() == {"hides_balance": False}
