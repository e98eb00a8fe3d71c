"""Announcements over HTTP."""

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.notifications.use_cases.note_membership import note_membership
from shared.clock import bank_now, format_time
from shared.store.engine import Store
from tests.services.notifications.announced import given_announcement
from tests.services.notifications.conftest import as_person

PATH = "/api/v1/announcements"
BODY: dict[str, Any] = {"title": "Closed on Monday", "message": "We are back on Tuesday."}


def posted(http: TestClient, **changed: Any) -> dict[str, Any]:
    answer = http.post(PATH, json={**BODY, **changed}, headers=as_person("sue"))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def titles(http: TestClient, who: str | None = None, **params: Any) -> list[str]:
    answer = http.get(PATH, params=params, headers=as_person(who) if who else {})
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


class TestAnnouncement:
    def test_is_read_by_everybody(self, http: TestClient) -> None:
        made = posted(http)
        assert made["audience"] == "all"
        answer = http.get(f"{PATH}/{made['id']}")
        assert (answer.status_code, answer.json(), answer.headers["etag"]) == (200, made, '"1"')
        assert titles(http) == ["Closed on Monday"]

    def test_is_posted_by_the_desk_only(self, http: TestClient) -> None:
        assert http.post(PATH, json=BODY).status_code == 401
        for who in ("ada", "tess"):
            assert http.post(PATH, json=BODY, headers=as_person(who)).status_code == 403

    def test_reaches_its_audience_only(self, http: TestClient) -> None:
        ids = {audience: posted(http, title=audience, audience=audience)["id"] for audience in ("customers", "staff")}
        posted(http, title="all")
        seen = {who: titles(http, who) for who in (None, "nobody-knows", "ada", "tess")}
        assert seen == {
            None: ["all"],
            "nobody-knows": ["all"],
            "ada": ["all", "customers"],
            "tess": ["all", "staff", "customers"],
        }
        assert http.get(f"{PATH}/{ids['staff']}", headers=as_person("ada")).status_code == 404

    def test_is_shown_in_its_time_only(self, http: TestClient) -> None:
        now = bank_now()
        later, past = format_time(now + timedelta(hours=1)), format_time(now - timedelta(hours=1))
        posted(http, title="later", starts_at=later)
        posted(http, title="over", starts_at=format_time(now - timedelta(hours=2)), ends_at=past)
        posted(http, title="hidden", active=False)
        posted(http, title="now", starts_at=past, ends_at=later)
        assert titles(http) == ["now"]
        assert titles(http, "sue", show="all") == ["now", "hidden", "over", "later"]
        refused = http.get(PATH, params={"show": "all"}, headers=as_person("ada"))
        assert (refused.status_code, refused.json()["code"]) == (403, "notifications.editors-only")

    def test_is_listed_in_pages_with_pinned_ones_first(self, http: TestClient, store: Store) -> None:
        for number in range(5):
            given_announcement(store, title=str(number), pinned=number in (1, 3))
        seen: list[str] = []
        after: str | None = None
        while True:
            asked = {"limit": "2", "show": "all", **({"after": after} if after else {})}
            page = http.get(PATH, params=asked, headers=as_person("sue")).json()
            seen += [item["title"] for item in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert seen == ["3", "1", "4", "2", "0"]

    def test_is_changed_and_taken_down(self, http: TestClient) -> None:
        made, sue = posted(http), as_person("sue")
        path = f"{PATH}/{made['id']}"
        assert http.patch(path, json={"title": "Open"}, headers=sue).status_code == 428
        answer = http.patch(path, json={"title": "Open", "version": 1}, headers=sue)
        assert (answer.json()["title"], answer.json()["version"]) == ("Open", 2)
        assert http.patch(path, json={"title": "Open", "version": 1}, headers=sue).status_code == 412
        assert http.delete(path, headers=as_person("ada")).status_code == 403
        assert http.delete(path, headers=sue).status_code == 204
        assert http.get(path).status_code == 404
        assert http.get(path, headers=sue).json()["active"] is False

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": ""},
            {"audience": "branch-7"},
            {"pinned": 1},
            {"starts_at": "tomorrow"},
            {"starts_at": "2026-11-23T12:00:00"},
            {"ends_at": "2020-01-01T00:00:00Z"},
            {"colour": "red"},
        ],
    )
    def test_is_refused_when_it_is_none(self, http: TestClient, changed: dict[str, Any]) -> None:
        answer = http.post(PATH, json={**BODY, **changed}, headers=as_person("sue"))
        assert answer.status_code == 422

    @pytest.mark.parametrize("changed", [{}, {"title": None}])
    def test_is_not_changed_by_nothing(self, http: TestClient, changed: dict[str, Any]) -> None:
        made = posted(http)
        answer = http.patch(f"{PATH}/{made['id']}", json={**changed, "version": 1}, headers=as_person("sue"))
        assert answer.status_code == 422

    def test_keeps_script_as_the_text_it_is(self, http: TestClient) -> None:
        script = "<script>alert(1)</script>"
        made = posted(http, title=script, message=script)
        answer = http.get(f"{PATH}/{made['id']}")
        assert answer.headers["content-type"] == "application/json"
        assert (answer.json()["title"], answer.json()["message"]) == (script, script)

    def test_list_refuses_a_cursor_of_another_list(self, http: TestClient) -> None:
        answer = http.get(PATH, params={"after": "YWJj"})
        assert (answer.status_code, answer.json()["code"]) == (400, "request.bad-cursor")

    def test_for_a_branch_or_a_product_reaches_its_people_only(self, http: TestClient, store: Store) -> None:
        with store.write() as session:
            note_membership(session, customer_ids=["ada"], branch_id="main", product="savings")
            note_membership(session, customer_ids=["ben"], branch_id="harbour", product="current")
        posted(http, title="branch", audience="branch", branch_id="main")
        posted(http, title="product", audience="product", product="current")
        assert {who: titles(http, who) for who in (None, "ada", "ben", "tess")} == {
            None: [],
            "ada": ["branch"],
            "ben": ["product"],
            "tess": ["product"],
        }
        assert titles(http, "sue", show="all") == ["product", "branch"]

    @pytest.mark.parametrize(
        "changed",
        [{"audience": "branch"}, {"audience": "product", "branch_id": "main"}, {"audience": "all", "product": "x"}],
    )
    def test_says_which_branch_or_product(self, http: TestClient, changed: dict[str, Any]) -> None:
        answer = http.post(PATH, json={**BODY, **changed}, headers=as_person("sue"))
        assert (answer.status_code, answer.json()["code"]) == (422, "notifications.audience-incomplete")

    def test_keeps_its_history(self, http: TestClient) -> None:
        made, sue = posted(http), as_person("sue")
        path = f"{PATH}/{made['id']}"
        http.patch(path, json={"title": "Open", "version": 1}, headers=sue)
        http.delete(path, headers=sue)
        first = http.get(f"{path}/history", params={"limit": 1}, headers=sue).json()
        rest = http.get(f"{path}/history", params={"after": first["next"]}, headers=sue).json()
        told = [
            (one["version"], one["edited_by"], one["before"], one["after"]) for one in first["items"] + rest["items"]
        ]
        assert told == [
            (3, "user-sue", {"active": True}, {"active": False}),
            (2, "user-sue", {"title": "Closed on Monday"}, {"title": "Open"}),
        ]
        assert http.get(f"{path}/history", headers=as_person("ada")).status_code == 403
        assert http.get(f"{PATH}/x/history", headers=sue).status_code == 404

    def test_is_acknowledged_by_each_reader(self, http: TestClient) -> None:
        made, ada = posted(http), as_person("ada")
        answers = [http.post(f"{PATH}/{made['id']}/acknowledge", headers=ada) for _ in range(2)]
        assert [answer.json()["acknowledged"] for answer in answers] == [True, True]
        seen = {
            who: http.get(PATH, headers=as_person(who)).json()["items"][0]["acknowledged"] for who in ("ada", "ben")
        }
        assert seen == {"ada": True, "ben": False}
        assert http.post(f"{PATH}/{made['id']}/acknowledge").status_code == 401

    def test_has_its_markdown_as_html(self, http: TestClient) -> None:
        made = posted(http, message="# News\n\nWe are **open**, see [here](https://example.org).")
        assert made["message_html"] == (
            "<h1>News</h1>\n<p>We are <strong>open</strong>, see "
            '<a href="https://example.org" rel="noopener noreferrer nofollow">here</a>.</p>\n'
        )

    @pytest.mark.parametrize(
        "message",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "![x](https://example.org/spy.png)",
            "<a href='https://x' onclick='alert(1)'>x</a>",
            "<svg/onload=alert(1)>",
            "[x](https://x 'title\" onmouseover=\"alert(1)')",
            "`<script>`",
        ],
    )
    def test_runs_nothing_that_its_message_says(self, http: TestClient, message: str) -> None:
        html = posted(http, message=message)["message_html"]
        tags = re.findall(r"<[^>]*>", html)
        assert not [tag for tag in tags if re.match(r"<(script|img|svg|iframe|style)", tag)], html
        assert not [tag for tag in tags if re.search(r"\son\w+=|javascript:|data:|title=", tag)], html

    def test_three_newest_are_a_page_of_three(self, http: TestClient) -> None:
        for number in range(5):
            posted(http, title=str(number))
        assert titles(http, "ada", limit=3) == ["4", "3", "2"]
