"""Sessions and the sign-in log over HTTP."""

import pytest
from fastapi.testclient import TestClient

from tests.services.identity.api.test_auth import bearer, log_in
from tests.services.identity.api.test_internal import EVE, as_accounts


class TestSessions:
    def test_lists_them_newest_first_and_marks_this_one(self, client: TestClient) -> None:
        log_in(client)
        tokens = log_in(client)
        items = client.get("/api/v1/auth/sessions", headers=bearer(tokens)).json()["items"]
        assert [item["current"] for item in items] == [True, False]

    def test_pages(self, client: TestClient) -> None:
        tokens = [log_in(client) for _ in range(3)][-1]
        seen: list[str] = []
        after = None
        while True:
            params = {"limit": "1"} | ({"after": after} if after else {})
            page = client.get("/api/v1/auth/sessions", params=params, headers=bearer(tokens)).json()
            seen += [item["id"] for item in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert len(set(seen)) == len(seen) == 3

    def test_ends_one_and_its_access_token(self, client: TestClient) -> None:
        lost, tokens = log_in(client), log_in(client)
        items = client.get("/api/v1/auth/sessions", headers=bearer(tokens)).json()["items"]
        path = f"/api/v1/auth/sessions/{items[1]['id']}"
        assert client.delete(path, headers=bearer(tokens)).status_code == 204
        assert client.get("/api/v1/auth/me", headers=bearer(lost)).status_code == 401
        assert client.delete(path, headers=bearer(tokens)).status_code == 404


class TestEvents:
    @pytest.mark.parametrize("staff", ["amir", "sue"])
    def test_shows_staff_anybodys(self, client: TestClient, staff: str) -> None:
        tess = client.get("/api/v1/auth/me", headers=bearer(log_in(client))).json()["user_id"]
        answer = client.get(f"/api/v1/auth/events?user_id={tess}", headers=bearer(log_in(client, staff)))
        assert [item["user_id"] for item in answer.json()["items"]] == [tess]

    def test_answers_customers_as_if_the_user_were_missing(self, client: TestClient) -> None:
        client.put("/internal/users/for-customer/c1", json=EVE, headers=as_accounts(client))
        amir = client.get("/api/v1/auth/me", headers=bearer(log_in(client, "amir"))).json()["user_id"]
        eve = client.post("/api/v1/auth/login", json={"email": EVE["email"], "password": EVE["password"]}).json()
        headers = bearer(eve)
        answers = [client.get(f"/api/v1/auth/events?user_id={one}", headers=headers) for one in (amir, "nobody")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["code"] == answers[1].json()["code"] == "identity.user-not-found"
