"""Branches over HTTP."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from tests.services.accounts.conftest import bearer

SAM = bearer("sam")


class TestBranches:
    def test_are_public_and_begin_with_main(self, client: TestClient) -> None:
        assert [one["id"] for one in client.get("/api/v1/branches").json()["items"]] == ["main"]
        assert client.get("/api/v1/branches/main").json()["name"] == "Main branch"
        assert client.get("/api/v1/branches/moon").json()["code"] == "accounts.branch-not-found"

    def test_are_made_once_per_key_by_a_supervisor(
        self, client: TestClient, log_in: Callable[..., dict[str, str]]
    ) -> None:
        body = {"name": "North", "location": "Hamburg"}
        assert client.post("/api/v1/branches", json=body, headers=log_in()).status_code == 403
        made = [
            client.post("/api/v1/branches", json=body, headers={**SAM, "Idempotency-Key": "k"}).json()["id"]
            for _ in range(2)
        ]
        assert made[0] == made[1]
        taken = client.post("/api/v1/branches", json=body, headers=SAM)
        assert (taken.status_code, taken.json()["code"]) == (409, "accounts.branch-name-taken")

    def test_change_with_the_version_that_was_seen(self, client: TestClient) -> None:
        changed = client.patch("/api/v1/branches/main", json={"location": "Bonn", "version": 1}, headers=SAM)
        assert (changed.json()["location"], changed.json()["version"]) == ("Bonn", 2)
        assert client.patch("/api/v1/branches/main", json={"name": "X", "version": 1}, headers=SAM).status_code == 412
