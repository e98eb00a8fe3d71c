"""Signing in on the real bank: codes that really arrive by mail, factors, step-ups, and how soon a change counts."""

import re
import statistics
import time
from datetime import UTC, datetime

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.builders.mailbox import newest_code
from tests.journeys.test_access import READS
from tests.services.identity.app import Authenticator

NEW_PASSWORD = "a calm and wide river"


def step_up(customer: BankCustomer, action: str, **more: object) -> dict[str, str]:
    answer = customer.http.post("/auth/step-up", json={"action": action, "password": customer.password, **more})
    assert answer.status_code == 200, answer.text
    return {"step-up": answer.json()["step_up_token"]}


def order_details(order: dict[str, object]) -> dict[str, object]:
    names = {"amount_minor": "amount_minor", "currency": "currency", "payer": "from_account_id"}
    return {name: order[field] for name, field in names.items()} | {"payee": order["to_account_number"]}


class TestForgottenPassword:
    def test_is_replaced_by_a_code_from_the_mailbox(self, bank: Bank) -> None:
        customer = bank.new_customer()
        known = bank.client().post("/auth/password/forgot", json={"email": customer.email})
        unknown = bank.client().post("/auth/password/forgot", json={"email": f"nobody-{new_id()}@demo.bank"})
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        code = newest_code(bank, customer.email, subject="Your code to choose a new password")
        body = {"email": customer.email, "code": code, "new_password": NEW_PASSWORD}
        wrong = bank.client().post("/auth/password/reset", json={**body, "code": f"{(int(code) + 1) % 10**6:06d}"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "auth.invalid-code")
        assert bank.client().post("/auth/password/reset", json=body).status_code == 204
        assert bank.client().post("/auth/password/reset", json=body).status_code == 422
        bank.login(customer.email, NEW_PASSWORD)
        for service, path in READS.items():
            client = bank.client(customer.token, service=service)
            bank.wait_until(lambda: client.get(path).status_code == 401, timeout_seconds=5)  # noqa: B023

    def test_leaves_no_code_behind(self, bank: Bank) -> None:
        customer = bank.new_customer()
        bank.client().post("/auth/password/forgot", json={"email": customer.email})
        code = newest_code(bank, customer.email, subject="Your code to choose a new password").encode()
        logs = b"".join(log.read_bytes() for log in bank.folder.logs.glob("*.log"))
        assert re.search(rb"\b" + code + rb"\b", logs) is None
        assert customer.email.encode() not in logs

    def test_an_officer_triggers_it_with_a_reason_and_a_teller_may_not(self, bank: Bank) -> None:
        customer = bank.new_customer()
        user_id = customer.http.get("/auth/me").json()["user_id"]
        path, body = f"/users/{user_id}/password-reset", {"reason": "lost everything in a fire"}
        assert bank.client(bank.login_demo("tess")).post(path, json=body).status_code == 403
        assert bank.client(bank.login_demo("olu")).post(path, json={}).status_code == 422
        answer = bank.client(bank.login_demo("olu")).post(path, json=body)
        assert (answer.status_code, answer.json()) == (202, {"status": "sent"})
        newest_code(bank, customer.email, subject="Your code to choose a new password")


class TestAuthenticator:
    def test_needs_a_step_up_and_is_asked_for_from_then_on(self, bank: Bank) -> None:
        customer = bank.new_customer()
        asked = customer.http.post("/auth/totp")
        assert (asked.status_code, asked.json()["code"], asked.json()["action"]) == (
            403,
            "auth.step-up-required",
            "set-up-totp",
        )
        proof = step_up(customer, "set-up-totp")
        made = customer.http.post("/auth/totp", headers=proof)
        assert made.status_code == 201, made.text
        assert made.json()["uri"].startswith("otpauth://totp/Strongroom")
        assert made.json()["qr_svg"].startswith("<svg ")
        assert customer.http.post("/auth/totp", headers=proof).status_code == 403
        app = Authenticator.typed(made.json()["secret"])
        codes = customer.http.post("/auth/totp/confirm", json={"code": app.code(datetime.now(UTC))}).json()
        login = {"email": customer.email, "password": customer.password}
        without = bank.client().post("/auth/login", json=login)
        assert (without.status_code, without.json()["code"]) == (401, "auth.second-factor-required")
        recovery = bank.client().post("/auth/login", json={**login, "otp": codes["recovery_codes"][0]})
        assert recovery.status_code == 200, recovery.text
        assert customer.http.get("/auth/me").json()["factors"] == ["totp"]


class TestALargeTransfer:
    """The sandbox asks from 1,000,000 minor units on, and from 100,000 for a payee to whom nothing was confirmed."""

    def test_needs_a_step_up_of_this_session_for_these_very_cents_once(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=5_000_000), bank.new_customer()
        order = {
            "from_account_id": payer.account_id,
            "to_account_number": payee.account["account_number"],
            "amount_minor": 1_000_000,
            "currency": "EUR",
        }

        def send(
            body: dict[str, object], http: httpx.Client = payer.http, path: str = "/transfers", **headers: str
        ) -> httpx.Response:
            return http.post(path, json=body, headers={"idempotency-key": new_id(), **headers})

        asked = send(order)
        assert (asked.status_code, asked.json()["code"]) == (403, "auth.step-up-required")
        subject = {"action": asked.json()["action"], "details": asked.json()["details"]}
        assert subject == {"action": "transfer", "details": {**order_details(order)}}
        proof = step_up(payer, **subject)
        assert send(order | {"amount_minor": 1_000_001}, **proof).status_code == 403
        assert send(order, payee.http, **proof).status_code == 404
        other_session = bank.client(bank.login(payer.email, payer.password))
        assert send(order, other_session, **proof).status_code == 403
        by_http = bank.client(payer.token, service="transactions")
        assert send(order | {"amount_minor": 1_000_001}, by_http, **proof).status_code == 403
        assert send(order, path="/transfers?dry_run=true", **proof).status_code == 201
        assert send(order, by_http, **proof).status_code == 201
        assert send(order, **proof).status_code == 403
        assert send(order | {"amount_minor": 999_999}).status_code == 201  # the payee is known now
        batch = {"transfers": [order, order | {"amount_minor": 1}], "atomic": True}
        asked = send(batch, path="/transfers/batch")
        assert (asked.status_code, asked.json()["action"]) == (403, "transfer-batch")
        proof = step_up(payer, action="transfer-batch", details=asked.json()["details"])
        assert send(batch | {"atomic": False}, path="/transfers/batch", **proof).status_code == 403
        assert send(batch, path="/transfers/batch", **proof).status_code == 201
        assert payee.booked_minor() == 1_000_000 + 999_999 + 1_000_001


class TestAChangeOfRights:
    def test_counts_within_five_seconds_at_every_port(self, bank: Bank) -> None:
        alma = bank.client(bank.login_demo("alma"))
        email = f"staff-{new_id()}@demo.bank"
        made = alma.post("/users", json={"email": email, "roles": ["teller"], "branch_id": "main"})
        assert made.status_code == 201, made.text
        code = newest_code(bank, email, subject="Your code to choose a new password")
        body = {"email": email, "code": code, "new_password": NEW_PASSWORD}
        assert bank.client().post("/auth/password/reset", json=body).status_code == 204
        user = f"/users/{made.json()['id']}"
        for change in ({"roles": ["support"]}, {"status": "suspended"}):
            token = bank.login(email, NEW_PASSWORD)
            ports = [bank.client(token, service=service) for service in READS]
            for client, path in zip(ports, READS.values(), strict=True):
                assert client.get(path).status_code != 401
            version = next(one for one in alma.get("/users", params={"limit": 200}).json()["items"]
                           if one["email"] == email)["version"]  # fmt: skip
            assert alma.patch(user, json={**change, "version": version}).status_code == 200
            for client, path in zip(ports, READS.values(), strict=True):
                bank.wait_until(lambda: client.get(path).status_code == 401, timeout_seconds=5)  # noqa: B023
        login = {"email": email, "password": NEW_PASSWORD}
        assert bank.client().post("/auth/login", json=login).status_code == 401


@pytest.mark.alone
class TestUnknownUserAndWrongPassword:
    def test_take_the_same_time_and_answer_alike(self, bank: Bank) -> None:
        """200 interleaved tries; each at another account, so that nobody's back-off comes between."""
        customers = [bank.new_customer() for _ in range(12)]
        client = bank.client(service="identity")
        known: list[float] = []
        unknown: list[float] = []
        bodies = set()
        for number in range(100):
            pair = [
                (customers[number % 12].email, known),
                (f"nobody-{number % 12}-{customers[0].customer_id}@demo.bank", unknown),
            ]
            for email, times in pair if number % 2 else reversed(pair):  # neither is always the one that waits
                began = time.perf_counter()
                answer = client.post("/auth/login", json={"email": email, "password": f"not the password {number}"})
                times.append(time.perf_counter() - began)
                bodies.add(str({**answer.json(), "request_id": ""}))
                assert answer.status_code == 401, answer.text
        assert len(bodies) == 1
        assert abs(statistics.median(known) - statistics.median(unknown)) <= 0.005
