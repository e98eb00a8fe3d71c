"""Who of the staff looked at a customer's data."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from tests.services.accounts.conftest import BEN, bearer
from tests.services.accounts.neighbours import Neighbours

LogIn = Callable[..., dict[str, str]]


def looked(sequence: int, at: str, customer_id: str) -> dict[str, Any]:
    """Make what another service keeps of a look."""
    shown = {"what": "GET /api/v1/tickets/{ticket_id}", "roles": ["support"], "branch_id": "main"}
    return {"sequence": sequence, "at": at, "user_id": "sue", "subject_id": customer_id, "after": shown, "reason": None}


class TestOwnViews:
    def test_show_every_look_of_staff_and_none_of_one_s_own(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(account=AccountTerms("current", branch_id=None, currency=None))
        own = client.get("/api/v1/customers/me", headers=ada).json()["id"]
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]["id"]
        looks = [
            ("GET", f"/api/v1/customers/{own}"),
            ("GET", f"/api/v1/customers/{own}/kyc"),
            ("GET", f"/api/v1/customers/{own}/addresses"),
            ("GET", f"/api/v1/customers/{own}/history"),
            ("GET", f"/api/v1/customers/{own}/notes"),
            ("GET", "/api/v1/customers"),
            ("POST", "/api/v1/customers/search"),
            ("GET", f"/api/v1/accounts/{account}"),
            ("GET", f"/api/v1/accounts/{account}/history"),
            ("GET", f"/api/v1/accounts?customer_id={own}"),
        ]
        for method, path in looks:
            body = {"name": "Ada"} if method == "POST" else None
            answer = client.request(method, path, json=body, headers=bearer("tess"))
            assert answer.status_code == 200, (path, answer.text)
        seen = client.get("/api/v1/customers/me/views", headers=ada).json()["items"]
        assert [one["what"] for one in reversed(seen)] == [
            f"{method} {path.partition('?')[0]}".replace(own, "{customer_id}").replace(account, "{account_id}")
            for method, path in looks
        ]
        assert {(one["service"], *one["roles"], one["branch_id"], one["user_id"]) for one in seen} == {
            ("accounts", "teller", "main", None)
        }

    def test_show_no_look_at_somebody_else(self, client: TestClient, log_in: LogIn) -> None:
        ada, ben = log_in(), log_in(BEN)
        bens = client.get("/api/v1/customers/me", headers=ben).json()["id"]
        client.get(f"/api/v1/customers/{bens}", headers=bearer("tess"))
        assert client.get("/api/v1/customers/me/views", headers=ada).json()["items"] == []
        assert client.get(f"/api/v1/customers/{bens}/views", headers=ada).status_code == 404

    def test_merge_the_services_page_by_page(self, client: TestClient, log_in: LogIn, neighbours: Neighbours) -> None:
        ada = log_in()
        own = client.get("/api/v1/customers/me", headers=ada).json()["id"]
        client.get(f"/api/v1/customers/{own}", headers=bearer("tess"))
        neighbours.looks["8004"] = [
            looked(9, "2099-01-02T00:00:00.000000Z", own),
            looked(4, "2020-01-02T00:00:00.000000Z", own),
        ]
        neighbours.looks["8001"] = [looked(3, "2099-01-01T00:00:00.000000Z", own)]
        places: list[str] = []
        after = ""
        for _ in range(4):
            page = client.get(f"/api/v1/customers/me/views?limit=1{after}", headers=ada).json()
            places += [one["service"] for one in page["items"]]
            after = f"&after={page['next']}"
        assert (places, page["next"]) == (["support", "identity", "accounts", "support"], None)

    def test_are_not_given_with_a_hole(self, client: TestClient, log_in: LogIn, neighbours: Neighbours) -> None:
        neighbours.down.add("looks")
        assert client.get("/api/v1/customers/me/views", headers=log_in()).status_code == 503


class TestViewsOfACustomer:
    def test_name_who_looked_to_those_who_oversee_only(self, client: TestClient, log_in: LogIn) -> None:
        own = client.get("/api/v1/customers/me", headers=log_in()).json()["id"]
        client.get(f"/api/v1/customers/{own}", headers=bearer("olu"))
        answer = client.get(f"/api/v1/customers/{own}/views", headers=bearer("sam"))
        assert [one["user_id"] for one in answer.json()["items"]] == ["olu"]
        assert client.get(f"/api/v1/customers/{own}/views", headers=bearer("tess")).status_code == 403

    def test_refuse_a_cursor_that_is_none(self, client: TestClient, log_in: LogIn) -> None:
        answer = client.get("/api/v1/customers/me/views?after=Zm9v", headers=log_in())
        assert (answer.status_code, answer.json()["code"]) == (400, "request.bad-cursor")
