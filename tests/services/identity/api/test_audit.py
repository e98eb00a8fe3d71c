"""The audit trails of all services as one list."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shared.clients.trails import Trails
from shared.errors import Unavailable
from tests.services.identity.api.test_auth import bearer, log_in


def record(sequence: int, at: str, **more: Any) -> dict[str, Any]:
    """Make a record of another service."""
    bare = {"user_id": "ada", "service": None, "session_id": "s", "command": "open-account", "subject_type": "account"}
    rest = {"subject_id": "a", "before": None, "after": {"status": "open"}, "reason": None, "request_id": "r"}
    return {"sequence": sequence, "at": at, "hash": "h", **bare, **rest, **more}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, Any], str | None]]:
    """Let accounts have two records and the others none; gives what each was asked for."""
    questions: list[tuple[str, Mapping[str, Any], str | None]] = []
    kept = [record(8, "2099-01-02T00:00:00.000000Z"), record(3, "2001-01-01T00:00:00.000000Z", service="transactions")]

    class Ours:
        def read(self, service: str, _path: str, wanted: Mapping[str, Any], *, act: str | None) -> list[dict[str, Any]]:
            questions.append((service, wanted, act))
            below = wanted["below"] or 2**53
            return [one for one in kept if service == "accounts" and one["sequence"] < below][: wanted["limit"]]

    monkeypatch.setattr(Trails, "read", Ours.read)
    return questions


class TestAudit:
    def test_merges_the_services_the_newest_first(self, client: TestClient, asked: list[Any]) -> None:
        amir = bearer(log_in(client, "amir"))
        items: list[dict[str, Any]] = []
        after = ""
        while after != "&after=None":
            page = client.get(f"/api/v1/audit?limit=1{after}", headers=amir).json()
            items += page["items"]
            after = f"&after={page['next']}"
        assert (items[0]["service"], items[0]["sequence"]) == ("accounts", 8)
        assert (items[-1]["service"], items[-1]["sequence"]) == ("accounts", 3)
        assert items[-1]["actor"] == {"user_id": "ada", "service": "transactions", "session_id": "s"}
        own = [one for one in items if one["service"] == "identity"]
        assert own[0]["command"] == "sign-in"
        assert [one["sequence"] for one in own] == list(range(len(own), 0, -1))
        assert {name for name, _, _ in asked} == {"accounts", "transactions", "support", "notifications"}
        assert {act for _, _, act in asked} == {own[0]["actor"]["user_id"]}

    def test_is_narrowed_by_service_actor_subject_and_days(self, client: TestClient, asked: list[Any]) -> None:
        amir = bearer(log_in(client, "amir"))
        me = client.get("/api/v1/auth/me", headers=amir).json()["user_id"]
        found = client.get(f"/api/v1/audit?service=identity&actor={me}", headers=amir).json()["items"]
        assert [one["command"] for one in found] == ["sign-in"]
        session = found[0]["subject"]
        for subject in (session["id"], f"{session['type']}:{session['id']}"):
            again = client.get(f"/api/v1/audit?service=identity&subject={subject}", headers=amir).json()["items"]
            assert again == found
        past = client.get("/api/v1/audit?service=identity&to=2001-01-01", headers=amir).json()["items"]
        assert past == []
        assert asked == []
        client.get("/api/v1/audit?service=accounts&from=2026-01-02", headers=amir)
        assert asked[0][1]["since"] == "2026-01-02T00:00:00.000000Z"

    def test_is_for_auditors_and_admins(self, client: TestClient, asked: list[Any]) -> None:
        for name in ("tess", "olu", "sam", "sue"):
            assert client.get("/api/v1/audit", headers=bearer(log_in(client, name))).status_code == 403
        assert client.get("/api/v1/audit", headers=bearer(log_in(client, "alma"))).status_code == 200

    def test_is_not_given_with_a_hole(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*_: object, **__: object) -> None:
            raise Unavailable("accounts is away.")

        monkeypatch.setattr(Trails, "read", away)
        assert client.get("/api/v1/audit", headers=bearer(log_in(client, "amir"))).status_code == 503

    @pytest.mark.parametrize("query", ["after=Zm9v", "service=other", "from=yesterday", "limit=0"])
    def test_refuses_a_question_that_is_none(self, client: TestClient, asked: list[Any], query: str) -> None:
        answer = client.get(f"/api/v1/audit?{query}", headers=bearer(log_in(client, "amir")))
        assert answer.status_code in (400, 422)


class TestVerification:
    def test_checks_the_chain_of_each_service(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        bad = {"key": "sequence=3", "problem": "rows are missing before this one", "expected": "2", "found": "3"}
        asked: list[tuple[str, int, str | None]] = []

        def check(_self: Trails, service: str, *, after: int, act: str | None) -> dict[str, Any]:
            asked.append((service, after, act))
            return {"checked": 7, "bad": [bad], "next": 7}

        monkeypatch.setattr(Trails, "check", check)
        amir = bearer(log_in(client, "amir"))
        own = client.get("/api/v1/audit/verification?service=identity", headers=amir).json()
        assert (own["bad"], own["next"], own["checked"] > 0) == ([], None, True)
        theirs = client.get("/api/v1/audit/verification?service=accounts&after=4", headers=amir).json()
        assert theirs == {"service": "accounts", "checked": 7, "bad": [bad], "next": 7}
        assert [one[:2] for one in asked] == [("accounts", 4)]

    def test_is_for_auditors_and_admins(self, client: TestClient) -> None:
        path = "/api/v1/audit/verification?service=identity"
        for name, status in (("sam", 403), ("alma", 200)):
            assert client.get(path, headers=bearer(log_in(client, name))).status_code == status
