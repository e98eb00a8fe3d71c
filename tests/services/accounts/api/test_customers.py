"""Customers over HTTP, behind the real door."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from services.accounts.settings import AccountsSettings
from shared.clients.step_up import StepUpSubject
from tests.services.accounts.confirming import step_up
from tests.services.accounts.conftest import BEN, PASSWORD, Tokens, bearer
from tests.services.accounts.neighbours import Neighbours

LogIn = Callable[..., dict[str, str]]

DAN: dict[str, Any] = {
    "email": "dan@demo.bank",
    "password": PASSWORD,
    "first_name": "Dan",
    "last_name": "Brown",
    "phone": "+49 30 444444",
    "date_of_birth": "1980-02-29",
    "address": {"street": "Weg 1", "city": "Bonn", "state": "NRW", "postal_code": "53111", "country": "DE"},
}


class TestRegistering:
    def test_answers_customer_login_and_account(self, client: TestClient) -> None:
        body = {**DAN, "gender": "male", "income_minor": 100, "account": {"product": "everyday", "branch_id": "main"}}
        answer = client.post("/api/v1/customers", json=body)
        assert answer.status_code == 201
        made = answer.json()
        assert set(made) == {"customer", "user_id", "account"}
        assert (made["customer"]["phone"], made["customer"]["income_currency"]) == ("+4930444444", "EUR")
        assert made["account"]["status"] == "open"
        assert "password" not in answer.text

    def test_has_no_account_unless_one_is_wanted(self, client: TestClient) -> None:
        assert client.post("/api/v1/customers", json=DAN).json()["account"] is None

    def test_replays_the_first_answer_to_the_same_key(self, client: TestClient) -> None:
        first = client.post("/api/v1/customers", json=DAN, headers={"Idempotency-Key": "k"})
        again = client.post("/api/v1/customers", json=DAN, headers={"Idempotency-Key": "k"})
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["idempotency-replayed"] == "true"

    def test_refuses_who_is_registered(self, client: TestClient) -> None:
        client.post("/api/v1/customers", json=DAN)
        again = client.post("/api/v1/customers", json={**DAN, "email": "DAN@demo.bank"})
        assert (again.status_code, again.json()["code"]) == (409, "accounts.already-registered")

    def test_is_503_while_identity_is_down(self, client: TestClient, neighbours: Neighbours) -> None:
        neighbours.down = {"identity"}
        answer = client.post("/api/v1/customers", json=DAN)
        assert answer.status_code == 503
        assert client.get("/api/v1/customers", headers=bearer("tess")).json()["items"] == []

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"email": "dan"}, "accounts.bad-email"),
            ({"email": "dän@demo.bank"}, "accounts.bad-email"),
            ({"phone": "1234"}, "accounts.bad-phone"),
            ({"date_of_birth": "2999-01-01"}, "accounts.bad-date-of-birth"),
            ({"date_of_birth": "2020-01-01"}, "accounts.too-young"),
            ({"date_of_birth": "1980-02-30"}, "request.invalid"),
            ({"date_of_birth": 5}, "request.invalid"),
            ({"address": {**DAN["address"], "country": "XX"}}, "accounts.bad-country"),
            ({"address": None}, "request.invalid"),
            ({"first_name": "D\u0001an"}, "request.invalid"),
            ({"first_name": "D\r\nBcc: x"}, "request.invalid"),
            ({"first_name": " "}, "request.invalid"),
            ({"first_name": "x" * 101}, "request.invalid"),
            ({"last_name": "\u202enworB"}, "request.invalid"),
            ({"gender": "x"}, "request.invalid"),
            ({"income_minor": True}, "request.invalid"),
            ({"income_minor": -1}, "request.invalid"),
            ({"income_currency": "EUR"}, "request.invalid"),
            ({"income_minor": 1, "income_currency": "XXZ"}, "request.invalid"),
            ({"password": "short"}, "accounts.password-refused"),
            ({"role": "admin"}, "request.invalid"),
            ({"account": {"product": "gold"}}, "accounts.unknown-product"),
        ],
    )
    def test_refuses_what_is_wrong(self, client: TestClient, wrong: dict[str, Any], code: str) -> None:
        answer = client.post("/api/v1/customers", json={**DAN, **wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert "dan@demo.bank" not in answer.text


class TestRegisteringWithEmailConfirmation:
    @pytest.fixture
    def settings(self) -> AccountsSettings:
        return AccountsSettings(environment="sandbox", listener="off", email_confirmation="on")

    def test_answers_new_and_known_alike_and_takes_the_same_time(
        self, client: TestClient, neighbours: Neighbours
    ) -> None:
        seen, times = [], []
        for _ in range(2):
            began = time.perf_counter()
            answer = client.post("/api/v1/customers", json=DAN)
            times.append(time.perf_counter() - began)
            seen.append((answer.status_code, answer.json()))
        assert seen == [(202, {"status": "confirm-email"})] * 2
        assert min(times) >= 0.5
        assert neighbours.told == [DAN["email"]]

    def test_confirms_a_new_number_once_and_nothing_else(
        self, client: TestClient, log_in: LogIn, tokens: Tokens
    ) -> None:
        ada = log_in()
        me = client.get("/api/v1/customers/me", headers=ada).json()

        def change(version: int, token: str | None = None, **wanted: str) -> Any:
            headers = {**ada, "If-Match": f'"{version}"', **({"Step-Up": token} if token else {})}
            return client.patch("/api/v1/customers/me", json=wanted, headers=headers)

        same = change(1, phone=me["phone"], occupation="Baker")
        assert same.status_code == 200, same.text
        refused = change(2, phone="+49 30 555555")
        assert refused.json()["code"] == "auth.step-up-required"
        subject = StepUpSubject(refused.json()["action"], **refused.json()["details"])
        other = step_up(tokens.callers["ada"], StepUpSubject(subject.action, payer=subject.payer, payee="+4930666666"))
        assert change(2, other, phone="+49 30 555555").status_code == 403
        token = step_up(tokens.callers["ada"], subject)
        assert change(2, token, phone="+49 30 555555").json()["phone"] == "+4930555555"
        assert change(3, phone="+49 30 777777").status_code == 403
        assert change(3, token, phone=me["phone"]).status_code == 403
        desk = client.patch(
            f"/api/v1/customers/{me['id']}", json={"phone": "+49 30 888888", "version": 3}, headers=bearer("tess")
        )
        assert desk.json()["phone"] == "+4930888888"

    def test_is_how_production_answers(self) -> None:
        assert AccountsSettings(environment="production").confirms_email
        with pytest.raises(ValidationError):
            AccountsSettings(environment="production", email_confirmation="off")


class TestReading:
    def test_shows_customers_only_themselves(self, client: TestClient, log_in: LogIn) -> None:
        ada, ben = log_in(), log_in(BEN)
        me = client.get("/api/v1/customers/me", headers=ada).json()
        assert client.get(f"/api/v1/customers/{me['id']}", headers=ada).json() == me
        hidden = [
            {**client.get(f"/api/v1/customers/{one}", headers=ben).json(), "request_id": None}
            for one in (me["id"], "00000000-0000-7000-8000-000000000000")
        ]
        assert hidden[0] == hidden[1]
        assert hidden[0]["code"] == "accounts.customer-not-found"
        assert client.get(f"/api/v1/customers/{me['id']}/history", headers=ben).status_code == 404
        assert client.get("/api/v1/customers", headers=ada).status_code == 403

    def test_shows_staff_all_of_them(self, client: TestClient, log_in: LogIn) -> None:
        log_in()
        log_in(BEN)
        page = client.get("/api/v1/customers?limit=1", headers=bearer("tess")).json()
        rest = client.get("/api/v1/customers", params={"after": page["next"]}, headers=bearer("tess")).json()
        assert [one["first_name"] for one in page["items"] + rest["items"]] == ["Ada", "Ben"]

    def test_masks_how_to_reach_them_in_lists(self, client: TestClient, log_in: LogIn) -> None:
        log_in()
        [shown] = client.get("/api/v1/customers", headers=bearer("tess")).json()["items"]
        assert (shown["email"], shown["phone"]) == ("a•••@demo.bank", "••••••111")
        whole = client.get(f"/api/v1/customers/{shown['id']}", headers=bearer("tess")).json()
        assert (whole["email"], whole["phone"]) == ("ada@demo.bank", "+4930111111")


class TestChanging:
    def test_keeps_a_history(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        change = {"phone": "+49 30 555555", "income_minor": 5, "income_currency": "JPY", "note": "new job"}
        changed = client.patch("/api/v1/customers/me", json=change, headers={**ada, "If-Match": '"1"'}).json()
        assert (changed["phone"], changed["income_currency"], changed["version"]) == ("+4930555555", "JPY", 2)
        edits = client.get("/api/v1/customers/me/history", headers=ada).json()["items"]
        assert {edit["field"]: edit["old"] for edit in edits} == {
            "phone": "+4930111111",
            "income_minor": None,
            "income_currency": None,
        }

    def test_lets_staff_change_a_customer_and_nobody_another_one(self, client: TestClient, log_in: LogIn) -> None:
        ada, ben = log_in(), log_in(BEN)
        path = f"/api/v1/customers/{client.get('/api/v1/customers/me', headers=ada).json()['id']}"
        change = {"occupation": "engineer", "version": 1}
        assert client.patch(path, json=change, headers=ben).status_code == 404
        assert client.patch(path, json={"occupation": "engineer"}, headers=bearer("tess")).status_code == 428
        changed = client.patch(path, json={**change, "note": "told at the desk"}, headers=bearer("tess"))
        assert (changed.status_code, changed.json()["occupation"], changed.json()["version"]) == (200, "engineer", 2)
        edit = client.get(f"{path}/history", headers=ada).json()["items"][0]
        assert (edit["old"], edit["new"], edit["by"], edit["note"]) == (None, "engineer", "tess", "told at the desk")

    @pytest.mark.parametrize(
        "wrong", [{"phone": None}, {"address": None}, {"email": "x@y.de"}, {"income_currency": "EUR"}]
    )
    def test_refuses_what_customers_may_not_change(
        self, client: TestClient, log_in: LogIn, wrong: dict[str, Any]
    ) -> None:
        answer = client.patch("/api/v1/customers/me", json=wrong, headers={**log_in(), "If-Match": '"1"'})
        assert answer.status_code == 422
