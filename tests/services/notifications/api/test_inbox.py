"""The inbox over HTTP."""

from fastapi.testclient import TestClient

from services.notifications.domain.notice import Notice
from shared.ids import new_id
from shared.store.engine import Store
from tests.services.notifications.conftest import as_person
from tests.services.notifications.told import given_mail

PATH = "/api/v1/notifications"


class TestInbox:
    def test_shows_own_items_newest_first_and_counts_the_unread(self, http: TestClient, store: Store) -> None:
        for sequence in (1, 2, 3):
            given_mail(store, "ada", sequence=sequence)
        given_mail(store, "ben", sequence=4)
        page = http.get(PATH, params={"limit": 2}, headers=as_person("ada")).json()
        rest = http.get(PATH, params={"limit": 2, "after": page["next"]}, headers=as_person("ada")).json()
        assert (len(page["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
        assert (page["unread"], rest["unread"]) == (3, 3)
        ids = [item["id"] for item in page["items"] + rest["items"]]
        assert ids == sorted(ids, reverse=True)
        item = page["items"][0]
        assert (item["kind"], item["title"]) == ("transfer-in", "You received a transfer")
        assert (item["amount_minor"], item["currency"], item["transaction_id"]) == (1050, "EUR", "e1")

    def test_needs_a_login(self, http: TestClient) -> None:
        assert http.get(PATH).status_code == 401

    def test_is_empty_for_staff_so_far(self, http: TestClient) -> None:
        assert http.get(PATH, headers=as_person("tess")).json() == {"items": [], "next": None, "unread": 0}

    def test_marks_an_item_as_read(self, http: TestClient, store: Store) -> None:
        given_mail(store, "ada")
        ada = as_person("ada")
        (item,) = http.get(PATH, headers=ada).json()["items"]
        assert item["read_at"] is None
        first, again = (http.post(f"{PATH}/{item['id']}/read", headers=ada).json() for _ in range(2))
        assert first["read_at"] is not None
        assert again == first
        assert http.get(PATH, headers=ada).json()["unread"] == 0

    def test_hides_anothers_item_like_a_missing_one(self, http: TestClient, store: Store) -> None:
        given_mail(store, "ada")
        (item,) = http.get(PATH, headers=as_person("ada")).json()["items"]
        theirs, missing = (
            http.post(f"{PATH}/{one}/read", json={}, headers=as_person("ben")) for one in (item["id"], new_id())
        )
        assert (theirs.status_code, missing.status_code) == (404, 404)
        assert {**theirs.json(), "request_id": ""} == {**missing.json(), "request_id": ""}

    def test_is_narrowed_to_an_event_or_to_what_is_unread(self, http: TestClient, store: Store) -> None:
        given_mail(store, "ada", sequence=1)
        given_mail(store, "ada", Notice("welcome", by_mail=True), sequence=2)
        ada = as_person("ada")

        def kinds(**params: str) -> list[str]:
            return [item["kind"] for item in http.get(PATH, params=params, headers=ada).json()["items"]]

        assert kinds(event="transfer") == ["transfer-in"]
        assert kinds(event="security") == []
        first = http.get(PATH, headers=ada).json()["items"][0]["id"]
        http.post(f"{PATH}/{first}/read", headers=ada)
        assert kinds(unread="true") == ["transfer-in"]
        http.post(f"{PATH}/{first}/unread", headers=ada)
        assert kinds(unread="true") == ["welcome", "transfer-in"]
        assert http.get(PATH, params={"event": "x"}, headers=ada).status_code == 422

    def test_marks_all_as_read(self, http: TestClient, store: Store) -> None:
        for sequence in (1, 2, 3):
            given_mail(store, "ada", sequence=sequence)
        ada = as_person("ada")
        assert http.post(f"{PATH}/read", headers=ada).json() == {"marked": 3, "unread": 0}
        assert http.post(f"{PATH}/read", json={"up_to": "z"}, headers=ada).json() == {"marked": 0, "unread": 0}
