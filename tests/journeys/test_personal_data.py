"""One customer's busy day: a changed e-mail address that every service follows, and logs that know nothing of it."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.mailbox import RESET, newest_code

PASSWORD, NEW_PASSWORD = "a deep and cold fjord", "a mild and sandy dune"
FIRST, LAST, STREET, PHONE = "Wilhelmine", "Quastenflosser", "Nachtigallenweg 8", "+491725550173"
MESSAGE = "rent of the little yellow boathouse"
CHANGED = "Your e-mail address was changed"
pytestmark = pytest.mark.timeout(400)  # its mails wait behind those of the journeys before it


@dataclass
class Person:
    """Somebody with a name that nothing else in the bank has, and all that only they should know."""

    bank: Bank
    email: str = field(default_factory=lambda: f"wilhelmine.q-{new_id()}@demo.bank")
    new_email: str = field(default_factory=lambda: f"quastenflosser-{new_id()}@demo.bank")
    secrets: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def joins(self) -> dict[str, Any]:
        """Register with an account."""
        address = {"street": STREET, "city": "Plön", "state": "SH", "postal_code": "24306", "country": "DE"}
        body = {
            "email": self.email,
            "password": PASSWORD,
            "first_name": FIRST,
            "last_name": LAST,
            "phone": PHONE,
            "date_of_birth": "1987-03-21",
            "address": address,
            "account": {"product": "everyday"},
        }
        answer = self.bank.client().post("/customers", json=body, headers={"idempotency-key": new_id()})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def signs_in(self, email: str, password: str) -> httpx.Client:
        """Sign in, and note the tokens."""
        answer = self.bank.client().post("/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        self.secrets += [answer.json()["access_token"], answer.json()["refresh_token"]]
        return self.bank.client(answer.json()["access_token"])

    def code(self, address: str, subject: str) -> str:
        """Read the newest code that came to an address, and note it."""
        self.codes.append(newest_code(self.bank, address, subject=subject))
        return self.codes[-1]


def subjects_to(bank: Bank, address: str) -> list[str]:
    """Give the subjects of the mails to an address."""
    lines = httpx.get(f"{bank.url}/dev/mail?format=json", timeout=10).json()["items"]
    return [line["subject"] for line in lines if address in line["to"]]


@pytest.fixture(scope="module")
def person(bank: Bank) -> Person:
    """Let somebody live through a day: join, fail, pay, ask, change the address, forget the password."""
    person = Person(bank)
    joined = person.joins()
    bank.client().post("/auth/login", json={"email": person.email, "password": "nothing like it"})
    http = person.signs_in(person.email, PASSWORD)
    account, key = joined["account"], {"idempotency-key": new_id()}
    bank.wait_until(lambda: http.get(f"/accounts/{account['id']}").json()["status"] == "open", timeout_seconds=60)
    money = {"amount_minor": 900, "currency": "EUR"}
    assert http.post("/deposits", json={"account_id": account["id"], **money}, headers=key).status_code == 201
    payee = bank.new_customer()
    order = {"from_account_id": account["id"], "to_account_number": payee.account["account_number"], **money}
    paid = http.post("/transfers", json={**order, "description": MESSAGE}, headers={"idempotency-key": new_id()})
    assert paid.status_code == 201, paid.text
    assert http.get("/transactions", params={"account_id": account["id"], "q": "boathouse"}).status_code == 200
    looked_up = {"account_number": account["account_number"], "name": f"{FIRST} {LAST}"}
    assert payee.http.post("/accounts/lookup", json=looked_up).json()["result"] == "match"
    ticket = {"type": "general", "subject": f"Call {FIRST}", "description": f"Call {PHONE} or write to {person.email}"}
    assert http.post("/tickets", json=ticket, headers={"idempotency-key": new_id()}).status_code == 201
    for sought in ({"phone": PHONE}, {"email": person.email}, {"name": LAST}):
        found = bank.client(bank.login_demo("tess")).post("/customers/search", json=sought)
        assert [one["id"] for one in found.json()["items"]] == [joined["customer"]["id"]]
    _change_email(person, http)
    bank.client().post("/auth/password/forgot", json={"email": person.new_email})
    code = person.code(person.new_email, RESET)
    body = {"email": person.new_email, "code": code, "new_password": NEW_PASSWORD}
    assert bank.client().post("/auth/password/reset", json=body).status_code == 204
    person.signs_in(person.new_email, NEW_PASSWORD)
    return person


def _change_email(person: Person, http: httpx.Client) -> None:
    wanted = {"email": person.new_email}
    asked = http.post("/auth/email/change", json=wanted)
    assert (asked.status_code, asked.json()["code"]) == (403, "auth.step-up-required")
    proof = {"action": "change-email", "payee": person.new_email, "password": PASSWORD}
    token = http.post("/auth/step-up", json=proof).json()["step_up_token"]
    person.secrets.append(token)
    assert http.post("/auth/email/change", json=wanted, headers={"step-up": token}).status_code == 202
    assert http.get("/auth/me").json()["email"] == person.email
    code = person.code(person.new_email, "Confirm your new e-mail address")
    wrong = http.post("/auth/email/change/confirm", json={"code": f"{(int(code) + 1) % 10**6:06d}"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "auth.invalid-code")
    assert http.post("/auth/email/change/confirm", json={"code": code}).status_code == 204
    assert http.get("/auth/me").json()["email"] == person.new_email


class TestAnEmailChange:
    def test_is_followed_by_the_customers_record_and_told_to_the_old_address(self, person: Person) -> None:
        http = person.signs_in(person.new_email, NEW_PASSWORD)
        person.bank.wait_until(
            lambda: http.get("/customers/me").json()["email"] == person.new_email, timeout_seconds=60
        )
        person.bank.wait_until(lambda: CHANGED in subjects_to(person.bank, person.email), timeout_seconds=60)
        assert CHANGED not in subjects_to(person.bank, person.new_email)
        refused = person.bank.client().post("/auth/login", json={"email": person.email, "password": NEW_PASSWORD})
        assert refused.status_code == 401


class TestTheLogs:
    def test_hold_no_name_address_number_token_or_code(self, person: Person) -> None:
        files = [path for path in person.bank.folder.logs.glob("*") if path.is_file()]
        logs = "\n".join(path.read_text(errors="replace") for path in files)
        assert logs.count('"/api/v1/transfers"') > 0, "the journey is in these logs"
        secret = [person.email, person.new_email, FIRST, LAST, STREET, PHONE, PHONE[1:], "1987-03-21", MESSAGE]
        secret += [PASSWORD, NEW_PASSWORD, "boathouse", *person.secrets]
        found = [one for one in secret if one.lower() in logs.lower()]
        found += [code for code in person.codes if re.search(rf"(?<![\w.]){code}(?!\w)", logs)]
        # A token's last part is its signature: it must not stand there without the rest either.
        found += [one for one in person.secrets if one.rpartition(".")[2] in logs]
        assert found == []
