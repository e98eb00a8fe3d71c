"""What is for staff only is in no answer to a customer: every route that a customer may call is called."""

from typing import Any

import pytest

from shared.contracts.policy.row import CUSTOMER
from shared.contracts.policy.support import POLICY
from tests.services.support.conftest import Desk

MARK = "ONLYFORSTAFF"
TICKETS = "/api/v1/tickets"
TEXT = {"content-type": "text/plain"}


@pytest.fixture
def ticket(desk: Desk) -> str:
    """Give a ticket of Ada's in which staff wrote the mark wherever they can, and named themselves."""
    sue, ada = desk.as_person("sue"), desk.as_person("ada")
    body = {"type": "general", "subject": "Hello", "description": "World", "priority": "urgent"}
    made: str = desk.http.post(TICKETS, json=body, headers=ada).json()["id"]
    notes = [
        desk.http.post(f"{TICKETS}/{made}/messages", json={"text": MARK, "internal": True}, headers=sue),
        desk.http.post(f"{TICKETS}/{made}/messages", json={"text": "We look."}, headers=sue),
        desk.http.post(f"{TICKETS}/{made}/assign", headers=sue),
        desk.http.post(f"{TICKETS}/{made}/escalate", json={"reason": MARK}, headers=sue),
        desk.http.post(f"{TICKETS}/{made}/viewing", headers=sue),
        desk.http.post("/api/v1/canned-replies", json={"title": MARK, "text": MARK}, headers=sue),
        desk.http.post(
            "/api/v1/attachments",
            params={"ticket_id": made, "name": f"{MARK}.txt", "internal": "true"},
            content=MARK.encode(),
            headers={**sue, **TEXT},
        ),
    ]
    assert all(note.is_success for note in notes), [note.text for note in notes]
    return made


def calls(ticket: str, hidden_file: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Give for each route that a customer may call how it is called."""
    one = f"{TICKETS}/{ticket}"
    return {
        ("POST", "/api/v1/tickets"): [
            {"url": TICKETS, "json": {"type": "general", "subject": "a", "description": "b"}}
        ],
        ("GET", "/api/v1/tickets"): [
            {"url": TICKETS},
            {"url": TICKETS, "params": {"q": MARK}},
            {"url": TICKETS, "params": {"q": "user-sue"}},
            {"url": TICKETS, "params": {"queue": "breached"}},
            {"url": TICKETS, "params": {"queue": "mine"}},
        ],
        ("GET", "/api/v1/tickets/{ticket_id}"): [{"url": one}],
        ("POST", "/api/v1/tickets/{ticket_id}/messages"): [
            {"url": f"{one}/messages", "json": {"text": "Thanks."}},
            {"url": f"{one}/messages", "json": {"text": "x", "internal": True}},
        ],
        ("POST", "/api/v1/tickets/{ticket_id}/reopen"): [{"url": f"{one}/reopen"}],
        ("POST", "/api/v1/tickets/{ticket_id}/rate"): [{"url": f"{one}/rate", "json": {"score": 5}}],
        ("POST", "/api/v1/attachments"): [
            {
                "url": "/api/v1/attachments",
                "params": {"ticket_id": ticket, "name": "a.txt"},
                "content": b"hello",
                "headers": TEXT,
            }
        ],
        ("GET", "/api/v1/attachments/{attachment_id}"): [{"url": f"/api/v1/attachments/{hidden_file}"}],
    }


class TestEveryAnswerToACustomer:
    def test_has_nothing_that_is_for_staff(self, desk: Desk, ticket: str) -> None:
        sue, ada = desk.as_person("sue"), desk.as_person("ada")
        shown = desk.http.get(f"{TICKETS}/{ticket}", headers=sue).json()
        assert shown["escalation"] == MARK
        hidden_file = shown["attachments"][0]["id"]
        table = calls(ticket, hidden_file)
        rows = {(row.method, row.path) for row in POLICY if CUSTOMER in row.roles}
        assert rows == set(table), "a route that customers may call is not called here"
        for status in (None, "resolve"):
            if status:
                desk.http.post(f"{TICKETS}/{ticket}/{status}", headers=sue)
            for (method, _), requests in table.items():
                for request in requests:
                    headers = {**ada, **request.get("headers", {})}
                    answer = desk.http.request(method, **{**request, "headers": headers})
                    said = answer.text + str(dict(answer.headers))
                    assert MARK not in said, (method, request["url"], answer.text)
                    assert "user-sue" not in said, (method, request["url"], answer.text)
                    assert hidden_file not in answer.text

    def test_finds_nothing_by_what_only_a_note_says(self, desk: Desk, ticket: str) -> None:
        for who, found in (("ada", 0), ("sue", 1)):
            answer = desk.http.get(TICKETS, params={"q": MARK}, headers=desk.as_person(who))
            assert len(answer.json()["items"]) == found

    def test_says_nothing_of_promises_or_of_who_looks(self, desk: Desk, ticket: str) -> None:
        shown = desk.http.get(f"{TICKETS}/{ticket}", headers=desk.as_person("ada")).json()
        hidden = ("assignee_user_id", "escalated_at", "escalation", "promises", "also_open")
        assert {name: shown[name] for name in hidden} == dict.fromkeys(hidden)

    def test_is_refused_on_the_desks_own_routes(self, desk: Desk, ticket: str) -> None:
        own = [(row.method, row.path) for row in POLICY if row.path.startswith("/api") and CUSTOMER not in row.roles]
        assert len(own) >= 9
        for method, path in own:
            url = path.replace("{ticket_id}", ticket).replace("{reply_id}", "x")
            answer = desk.http.request(method, url, json={}, headers=desk.as_person("ada"))
            assert answer.status_code == 403, (method, path)
