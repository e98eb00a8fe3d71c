"""Tickets over HTTP."""

from typing import Any

import pytest

from shared.contracts.caller import Caller
from shared.ids import new_id
from tests.services.support.conftest import PEOPLE, Desk

PATH = "/api/v1/tickets"
BODY: dict[str, Any] = {"type": "general", "subject": "A question", "description": "How do I save?"}


def raised(desk: Desk, who: str = "ada", **changed: Any) -> dict[str, Any]:
    answer = desk.http.post(PATH, json={**BODY, **changed}, headers=desk.as_person(who))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def without_request_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "request_id"}


class TestCreateTicket:
    def test_answers_with_the_ticket(self, desk: Desk) -> None:
        ticket = raised(desk)
        assert ticket["number"] == "T-100001"
        assert (ticket["status"], ticket["priority"], ticket["resolution"], ticket["version"]) == (
            "open",
            "normal",
            None,
            1,
        )

    def test_predecessor_d11_a_ticket_needs_a_login(self, desk: Desk) -> None:
        answer = desk.http.post(PATH, json=BODY)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert desk.http.get(PATH, headers=desk.as_person("sue")).json()["items"] == []

    def test_is_not_for_staff(self, desk: Desk) -> None:
        for who in ("sue", "tess"):
            assert desk.http.post(PATH, json=BODY, headers=desk.as_person(who)).status_code == 403

    def test_is_not_for_a_customers_role_without_a_customer(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        nobody = Caller(user_id="user-x", roles=frozenset({"customer"}), session_id="s9")
        monkeypatch.setitem(PEOPLE, "nobody", nobody)
        answer = desk.http.post(PATH, json=BODY, headers=desk.as_person("nobody"))
        assert (answer.status_code, answer.json()["code"]) == (403, "support.customers-only")

    def test_is_answered_once_per_key(self, desk: Desk) -> None:
        headers = {**desk.as_person("ada"), "idempotency-key": "k1"}
        first, again = (desk.http.post(PATH, json=BODY, headers=headers) for _ in range(2))
        assert again.json() == first.json()
        assert again.headers["idempotency-replayed"] == "true"
        other = desk.http.post(PATH, json={**BODY, "subject": "Another"}, headers=headers)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key-reused")

    @pytest.mark.parametrize(
        "changed",
        [
            {"type": "complaint"},
            {"subject": ""},
            {"subject": "   "},
            {"subject": "two\nlines"},
            {"subject": "x" * 201},
            {"description": 1},
            {"priority": "now"},
            {"account_id": "../../x"},
            {"colour": "red"},
        ],
    )
    def test_refuses_what_is_no_ticket(self, desk: Desk, changed: dict[str, Any]) -> None:
        answer = desk.http.post(PATH, json={**BODY, **changed}, headers=desk.as_person("ada"))
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")

    def test_takes_an_own_account_only(self, desk: Desk) -> None:
        own, bens, missing = new_id(), new_id(), new_id()
        desk.accounts.owners = {own: ["customer-ada"], bens: ["customer-ben"]}
        assert raised(desk, account_id=own)["account_id"] == own
        refusals = [
            desk.http.post(PATH, json={**BODY, "account_id": one}, headers=desk.as_person("ada"))
            for one in (bens, missing)
        ]
        assert [refusal.status_code for refusal in refusals] == [404, 404]
        assert without_request_id(refusals[0].json()) == without_request_id(refusals[1].json())

    def test_waits_while_accounts_is_down(self, desk: Desk) -> None:
        desk.accounts.down = True
        answer = desk.http.post(PATH, json={**BODY, "account_id": new_id()}, headers=desk.as_person("ada"))
        assert answer.status_code == 503
        assert raised(desk)["number"] == "T-100001"

    def test_keeps_script_as_the_text_it_is(self, desk: Desk) -> None:
        script = "<script>alert(1)</script>"
        ticket = raised(desk, subject=script, description=script)
        for who in ("ada", "sue"):
            said = desk.http.post(f"{PATH}/{ticket['id']}/messages", json={"text": script}, headers=desk.as_person(who))
            assert said.status_code == 201, said.text
        answer = desk.http.get(f"{PATH}/{ticket['id']}", headers=desk.as_person("ada"))
        assert answer.headers["content-type"] == "application/json"
        assert (answer.json()["subject"], answer.json()["description"]) == (script, script)
        assert [message["text"] for message in answer.json()["messages"]] == [script, script]


class TestReadTickets:
    def test_shows_customers_their_own_and_the_desk_all(self, desk: Desk) -> None:
        mine, bens = raised(desk, "ada")["id"], raised(desk, "ben")["id"]
        seen = {
            who: [item["id"] for item in desk.http.get(PATH, headers=desk.as_person(who)).json()["items"]]
            for who in ("ada", "ben", "sue")
        }
        assert seen == {"ada": [mine], "ben": [bens], "sue": [bens, mine]}

    def test_filters_by_status(self, desk: Desk) -> None:
        done, left = raised(desk)["id"], raised(desk)["id"]
        desk.http.post(f"{PATH}/{done}/resolve", headers=desk.as_person("sue"))
        for status, expected in (("resolved", [done]), ("open", [left]), ("closed", [])):
            answer = desk.http.get(PATH, params={"status": status}, headers=desk.as_person("ada"))
            assert [item["id"] for item in answer.json()["items"]] == expected
        assert desk.http.get(PATH, params={"status": "lost"}, headers=desk.as_person("ada")).status_code == 422

    def test_gives_pages(self, desk: Desk) -> None:
        ids = [raised(desk)["id"] for _ in range(5)]
        seen: list[str] = []
        after: str | None = None
        while True:
            asked = {"limit": "2", **({"after": after} if after else {})}
            page = desk.http.get(PATH, params=asked, headers=desk.as_person("ada")).json()
            seen += [item["id"] for item in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert seen == ids[::-1]

    def test_is_not_for_tellers(self, desk: Desk) -> None:
        assert desk.http.get(PATH, headers=desk.as_person("tess")).status_code == 403


class TestOneTicket:
    def test_of_another_customer_looks_missing(self, desk: Desk) -> None:
        ticket = raised(desk, "ben")["id"]
        for method, tail, body in (
            ("GET", "", None),
            ("POST", "/messages", {"text": "hello"}),
            ("POST", "/reopen", None),
        ):
            theirs, missing = (
                desk.http.request(method, f"{PATH}/{one}{tail}", json=body, headers=desk.as_person("ada"))
                for one in (ticket, new_id())
            )
            assert (theirs.status_code, missing.status_code) == (404, 404)
            assert without_request_id(theirs.json()) == without_request_id(missing.json())

    def test_hides_internal_notes_from_its_customer_in_every_answer(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        note = {"text": "SECRET-NOTE", "internal": True}
        assert desk.http.post(f"{PATH}/{ticket}/messages", json=note, headers=desk.as_person("sue")).status_code == 201
        answer = desk.http.post(f"{PATH}/{ticket}/messages", json={"text": "We look."}, headers=desk.as_person("sue"))
        assert answer.json()["author_user_id"] == "user-sue"
        ada = desk.as_person("ada")
        desk.http.post(f"{PATH}/{ticket}/resolve", headers=desk.as_person("sue"))
        answers = [
            desk.http.get(PATH, headers=ada),
            desk.http.get(f"{PATH}/{ticket}", headers=ada),
            desk.http.post(f"{PATH}/{ticket}/reopen", headers=ada),
            desk.http.post(f"{PATH}/{ticket}/messages", json={"text": "Thanks."}, headers=ada),
        ]
        assert all(answer.is_success for answer in answers)
        assert not [answer for answer in answers if "SECRET-NOTE" in answer.text or "user-sue" in answer.text]
        thread = desk.http.get(f"{PATH}/{ticket}", headers=ada).json()["messages"]
        assert [(message["author"], message["text"]) for message in thread] == [
            ("staff", "We look."),
            ("customer", "Thanks."),
        ]
        assert "SECRET-NOTE" in desk.http.get(f"{PATH}/{ticket}", headers=desk.as_person("sue")).text

    def test_takes_no_internal_note_from_its_customer(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        note = {"text": "hidden", "internal": True}
        answer = desk.http.post(f"{PATH}/{ticket}/messages", json=note, headers=desk.as_person("ada"))
        assert (answer.status_code, answer.json()["code"]) == (403, "support.internal-notes-are-staff-only")

    def test_is_changed_by_the_desk_that_saw_it(self, desk: Desk) -> None:
        ticket, sue = raised(desk)["id"], desk.as_person("sue")
        body = {"status": "in-progress", "priority": "high"}
        assert desk.http.patch(f"{PATH}/{ticket}", json=body, headers=sue).status_code == 428
        answer = desk.http.patch(f"{PATH}/{ticket}", json=body, headers={**sue, "if-match": '"1"'})
        assert (answer.status_code, answer.json()["status"], answer.headers["etag"]) == (200, "in-progress", '"2"')
        again = desk.http.patch(f"{PATH}/{ticket}", json=body, headers={**sue, "if-match": '"1"'})
        assert (again.status_code, again.json()["code"]) == (412, "request.version-mismatch")
        nothing = desk.http.patch(f"{PATH}/{ticket}", json={"version": 2}, headers=sue)
        assert nothing.status_code == 422
        assert desk.http.patch(f"{PATH}/{ticket}", json=body, headers=desk.as_person("ada")).status_code == 403

    def test_is_resolved_and_reopened(self, desk: Desk) -> None:
        ticket = raised(desk)["id"]
        done = desk.http.post(
            f"{PATH}/{ticket}/resolve", json={"resolution": "Explained."}, headers=desk.as_person("sue")
        )
        assert (done.json()["status"], done.json()["resolution"]) == ("resolved", "Explained.")
        again = desk.http.post(f"{PATH}/{ticket}/reopen", json={}, headers=desk.as_person("ada"))
        assert (again.json()["status"], again.json()["resolution"]) == ("open", None)
        twice = desk.http.post(f"{PATH}/{ticket}/reopen", headers=desk.as_person("ada"))
        assert (twice.status_code, twice.json()["code"]) == (409, "support.step-not-allowed")
