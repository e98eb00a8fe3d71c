"""The desk's work over HTTP: queues, search, assign, escalate, rate, canned replies, who else looks, files."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.support.tasks import watch_promises as job
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.ids import new_id
from tests.services.support.api.test_tickets import PATH, raised
from tests.services.support.conftest import PEOPLE, Desk
from tests.services.support.domain.test_attachment import EXE, PDF, PNG, SVG

FILES = "/api/v1/attachments"
REPLIES = "/api/v1/canned-replies"
SID = Caller(user_id="user-sid", roles=frozenset({"supervisor"}), session_id="s8")


def post(desk: Desk, path: str, body: Any = None, who: str = "sue") -> Any:
    return desk.http.post(f"{PATH}/{path}", json=body, headers=desk.as_person(who))


def numbers(desk: Desk, who: str = "sue", **params: str) -> list[str]:
    found = desk.http.get(PATH, params=params, headers=desk.as_person(who))
    assert found.status_code == 200, found.text
    return [item["number"] for item in found.json()["items"]]


def counts(desk: Desk) -> dict[str, int]:
    found: dict[str, int] = desk.http.get(f"{PATH}/queues", headers=desk.as_person("sue")).json()
    return found


class TestQueues:
    def test_count_and_list_the_same(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        made = [raised(desk)["id"] for _ in range(5)]
        post(desk, f"{made[0]}/assign")
        post(desk, f"{made[1]}/assign", {"assignee_user_id": new_id()})
        post(desk, f"{made[2]}/resolve")
        late = bank_now() + timedelta(days=10)
        monkeypatch.setattr(job, "bank_now", lambda: late)
        assert job.watch_promises(desk.store) == 4
        post(desk, f"{made[3]}/resolve")
        expected = {"all": 5, "pending": 3, "mine": 1, "unassigned": 1, "warned": 0, "breached": 3, "resolved": 2}
        assert counts(desk) == expected
        assert {queue: len(numbers(desk, queue=queue)) for queue in expected} == expected

    def test_have_what_is_at_risk_until_it_is_late_or_done(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = raised(desk), raised(desk)
        promises = desk.http.get(f"{PATH}/{first['id']}", headers=desk.as_person("sue")).json()["promises"]
        due = min(datetime.fromisoformat(one["due_at"]) for one in promises)
        for moment, expected in ((due - timedelta(minutes=1), ["warned"]), (due + timedelta(minutes=1), ["breached"])):
            monkeypatch.setattr(job, "bank_now", lambda moment=moment: moment)
            job.watch_promises(desk.store)
            assert [queue for queue in ("warned", "breached") if counts(desk)[queue] == 2] == expected
            assert len(numbers(desk, queue="warned")) == counts(desk)["warned"]
        post(desk, f"{second['id']}/resolve")
        assert counts(desk)["breached"] == 1

    def test_are_empty_to_begin_with(self, desk: Desk) -> None:
        assert set(counts(desk).values()) == {0}

    def test_are_one_of_seven(self, desk: Desk) -> None:
        answer = desk.http.get(PATH, params={"queue": "lost"}, headers=desk.as_person("sue"))
        assert answer.status_code == 422


class TestSearch:
    def test_finds_by_number_text_and_message(self, desk: Desk) -> None:
        first, second = raised(desk, subject="My CARD is lost"), raised(desk, "ben", description="50% off_er?")
        post(desk, f"{first['id']}/messages", {"text": "Gefunden in Köln"}, "ada")
        assert numbers(desk, q="card") == [first["number"]]
        assert numbers(desk, q=first["number"][2:]) == [first["number"]]
        assert numbers(desk, q="gefunden") == [first["number"]]
        assert numbers(desk, q="50% off_") == [second["number"]]
        assert numbers(desk, q="50%off") == []
        assert numbers(desk, "ada", q="50%") == []
        assert numbers(desk, type="technical") == []
        assert numbers(desk, priority="normal", type="general") == [second["number"], first["number"]]

    def test_finds_one_customers(self, desk: Desk) -> None:
        mine = raised(desk)
        raised(desk, "ben")
        assert numbers(desk, customer_id=mine["customer_id"]) == [mine["number"]]
        assert numbers(desk, who="ben", customer_id=mine["customer_id"]) == []


class TestWork:
    def test_is_assigned_to_oneself_another_or_nobody(self, desk: Desk) -> None:
        ticket, other = raised(desk)["id"], new_id()
        bodies: list[tuple[Any, str | None]] = [
            (None, "user-sue"),
            ({"assignee_user_id": other}, other),
            ({"assignee_user_id": None}, None),
            ({}, "user-sue"),
        ]
        for body, assignee in bodies:
            assert post(desk, f"{ticket}/assign", body).json()["assignee_user_id"] == assignee
        assert post(desk, "x/assign").status_code == 404
        assert post(desk, f"{ticket}/assign", {"assignee_user_id": "nobody"}).status_code == 422

    def test_is_escalated_with_a_reason(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        answer = post(desk, f"{ticket}/escalate", {"reason": "The press asks."})
        assert (answer.json()["escalation"], answer.json()["escalated_at"] is not None) == ("The press asks.", True)
        assert post(desk, f"{ticket}/escalate", {"reason": " "}).status_code == 422

    def test_shows_its_promises(self, desk: Desk) -> None:
        ticket = raised(desk, priority="urgent")["id"]
        shown = desk.http.get(f"{PATH}/{ticket}", headers=desk.as_person("sue")).json()["promises"]
        assert [(one["kind"], one["state"]) for one in shown] == [
            ("first-response", "running"),
            ("resolution", "running"),
        ]

    def test_is_rated_once_per_resolution(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        assert post(desk, f"{ticket}/rate", {"score": 5}, "ada").json()["code"] == "support.not-resolved-yet"
        resolved = post(desk, f"{ticket}/resolve").json()
        assert resolved["resolution"] == "Our support desk has settled your request."
        for score in (0, 6, 3.5, True, "5"):
            assert post(desk, f"{ticket}/rate", {"score": score}, "ada").status_code == 422
        assert post(desk, f"{ticket}/rate", {"score": 4}, "ben").status_code == 404
        assert post(desk, f"{ticket}/rate", {"score": 4, "comment": "<b>"}, "ada").status_code == 201
        again = post(desk, f"{ticket}/rate", {"score": 1}, "ada")
        assert (again.status_code, again.json()["code"]) == (409, "support.rated-already")
        shown = desk.http.get(f"{PATH}/{ticket}", headers=desk.as_person("sue")).json()["rating"]
        assert (shown["score"], shown["comment"]) == (4, "<b>")

    def test_tells_who_else_has_it_open(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(PEOPLE, "sid", SID)
        ticket = raised(desk)["id"]
        assert post(desk, f"{ticket}/viewing").json() == {"others": []}
        (other,) = post(desk, f"{ticket}/viewing", {}, "sid").json()["others"]
        assert other["user_id"] == "user-sue"
        shown = desk.http.get(f"{PATH}/{ticket}", headers=desk.as_person("sue")).json()["also_open"]
        assert [one["user_id"] for one in shown] == ["user-sid"]


class TestCannedReplies:
    def test_are_kept_changed_and_removed(self, desk: Desk) -> None:
        sue = desk.as_person("sue")
        made = desk.http.post(REPLIES, json={"title": "Hello", "text": "<b>Hello</b>"}, headers=sue).json()
        path = f"{REPLIES}/{made['id']}"
        assert desk.http.patch(path, json={"version": 1}, headers=sue).status_code == 422
        assert desk.http.patch(path, json={"text": "Hi"}, headers=sue).status_code == 428
        changed = desk.http.patch(path, json={"text": "Hi", "version": 1}, headers=sue)
        assert (changed.json()["text"], changed.headers["etag"]) == ("Hi", '"2"')
        assert [one["text"] for one in desk.http.get(REPLIES, headers=sue).json()["items"]] == ["Hi"]
        assert desk.http.delete(path, headers=sue).status_code == 204
        assert desk.http.delete(path, headers=sue).json()["code"] == "support.canned-reply-not-found"


class TestAttachments:
    def attach(self, desk: Desk, ticket: str, content: bytes, kind: str, who: str = "ada", **params: str) -> Any:
        return desk.http.post(
            FILES,
            params={"ticket_id": ticket, "name": "my photo ü.png", **params},
            content=content,
            headers={**desk.as_person(who), "content-type": kind},
        )

    def test_come_back_only_to_be_saved(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        made = self.attach(desk, ticket, PNG, "image/png")
        assert made.status_code == 201, made.text
        assert (made.json()["media_type"], made.json()["size_bytes"]) == ("image/png", len(PNG))
        for who in ("ada", "sue"):
            answer = desk.http.get(f"{FILES}/{made.json()['id']}", headers=desk.as_person(who))
            assert (answer.status_code, answer.content) == (200, PNG)
            assert answer.headers["content-type"] == "image/png"
            assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''my%20photo%20%C3%BC.png"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in answer.headers["content-security-policy"]
        shown = desk.http.get(f"{PATH}/{ticket}", headers=desk.as_person("ada")).json()
        assert [one["id"] for one in shown["attachments"]] == [made.json()["id"]]

    @pytest.mark.parametrize(
        ("content", "kind", "status"),
        [
            (EXE, "image/png", 415),
            (SVG, "image/svg+xml", 415),
            (b"<script>alert(1)</script>", "text/html", 415),
            (PNG, "application/pdf", 415),
            (b"", "image/png", 422),
            (PDF + b"\0" * (5 * 1024 * 1024), "application/pdf", 413),
        ],
    )
    def test_are_what_they_say_and_of_a_bounded_size(self, desk: Desk, content: bytes, kind: str, status: int) -> None:
        assert self.attach(desk, raised(desk)["id"], content, kind).status_code == status

    def test_of_others_look_missing(self, desk: Desk) -> None:
        bens = raised(desk, "ben")["id"]
        assert self.attach(desk, bens, PNG, "image/png").status_code == 404
        file = self.attach(desk, bens, PNG, "image/png", "ben").json()["id"]
        theirs, missing = (desk.http.get(f"{FILES}/{one}", headers=desk.as_person("ada")) for one in (file, "x"))
        assert theirs.status_code == missing.status_code == 404
        assert missing.json()["code"] == "support.attachment-not-found"
        assert {**theirs.json(), "request_id": ""} == {**missing.json(), "request_id": ""}

    def test_are_kept_once_per_key(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        headers = {**desk.as_person("ada"), "content-type": "image/png", "idempotency-key": "k"}
        params = {"ticket_id": ticket, "name": "a.png"}
        first, again = (desk.http.post(FILES, params=params, content=PNG, headers=headers) for _ in range(2))
        assert first.json() == again.json()
        other = desk.http.post(FILES, params=params, content=PNG + b"x", headers=headers)
        assert other.json()["code"] == "idempotency.key-reused"


class TestCounts:
    def test_are_given_to_the_ledgers_reports_by_group(self, desk: Desk) -> None:
        for who in ("ada", "ada", "ben"):
            raised(desk, who=who)
        counts = desk.http.get("/internal/ticket-counts", headers=desk.as_person("ledger")).json()["items"]
        assert sum(one["tickets"] for one in counts) == 3
        assert {one["status"] for one in counts} == {"open"}
        assert desk.http.get("/internal/ticket-counts", headers=desk.as_person("sue")).status_code == 403
