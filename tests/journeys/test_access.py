"""Who may see and move what, at the gateway and at each service's own port."""

import base64
import json
import time
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.ids import new_id
from tests.builders.bank import Bank

READS = {
    "identity": "/auth/me",
    "accounts": "/accounts",
    "transactions": "/transactions",
    "support": "/tickets",
    "notifications": "/notifications",
}


def same_problem(one: httpx.Response, other: httpx.Response) -> bool:
    """Tell whether two answers say the same, but for their request ids."""
    bodies = [{**answer.json(), "request_id": None} for answer in (one, other)]
    return one.status_code == other.status_code and bodies[0] == bodies[1]


class TestAnotherCustomersObjects:
    def test_look_like_missing_ones(self, bank: Bank) -> None:
        owner, stranger = bank.new_customer(deposit_minor=500), bank.new_customer(deposit_minor=500)
        booked = owner.pay(stranger, 1).json()
        pairs = [
            ("/accounts/{}", owner.account_id),
            ("/accounts/{}/history", owner.account_id),
            ("/balances/{}", owner.account_id),
            ("/customers/{}", owner.customer_id),
        ]
        for path, other in pairs:
            seen = stranger.http.get(path.format(other))
            missing = stranger.http.get(path.format(new_id()))
            assert seen.status_code == 404, (path, seen.text)
            assert same_problem(seen, missing), path
        assert stranger.http.get("/transactions", params={"account_id": owner.account_id}).status_code == 404
        assert owner.http.get(f"/transactions/{booked['id']}").status_code == 200

    def test_predecessor_d03_nobody_moves_anothers_money(self, bank: Bank) -> None:
        owner, stranger = bank.new_customer(deposit_minor=500), bank.new_customer()
        orders = {
            "/deposits": {"account_id": owner.account_id},
            "/withdrawals": {"account_id": owner.account_id},
            "/transfers": {"from_account_id": owner.account_id, "to_account_id": stranger.account_id},
        }
        for path, order in orders.items():
            body = {**order, "amount_minor": 1, "currency": "EUR"}
            seen = stranger.http.post(path, json=body, headers={"idempotency-key": new_id()})
            missing_body = json.loads(json.dumps(body).replace(owner.account_id, new_id()))
            missing = stranger.http.post(path, json=missing_body, headers={"idempotency-key": new_id()})
            assert seen.status_code == 404, (path, seen.text)
            assert same_problem(seen, missing)
        assert owner.booked_minor() == 500

    def test_a_customer_sees_only_own_legs_of_a_transfer(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=500), bank.new_customer()
        booked = payer.pay(payee, 5).json()
        theirs = payee.http.get(f"/transactions/{booked['id']}").json()
        assert [p["account_id"] for p in theirs["postings"]] == [payee.account_id]
        assert theirs["from_account_id"] is None
        assert payer.account_id not in json.dumps(theirs)


class TestNoGoodToken:
    @pytest.mark.parametrize("service", [None, *READS])
    def test_is_401_at_the_gateway_and_at_every_service(self, bank: Bank, service: str | None) -> None:
        paths = [READS[service]] if service else list(READS.values())
        good = bank.login_demo("ada")
        tokens = _bad_tokens(good, signing_key=_banks_own_key(bank, good))
        control = tokens.pop("nothing changed")
        for path in paths:
            assert bank.client(control, service=service).get(path).status_code == 200
            assert bank.client(service=service).get(path).status_code == 401
            for name, token in tokens.items():
                answer = bank.client(token, service=service).get(path)
                assert answer.status_code == 401, (name, path, answer.text)
                assert answer.json()["code"].startswith("auth.")

    def test_predecessor_d11_a_ticket_needs_a_login(self, bank: Bank) -> None:
        body = {"type": "general", "subject": "Hello", "description": "I have no account."}
        for service in (None, "support"):
            assert bank.client(service=service).post("/tickets", json=body).status_code == 401

    def test_the_inside_is_never_reached_through_the_gateway(self, bank: Bank) -> None:
        token = bank.login_demo("alma")
        for path in ("/internal/events", "/metrics", "/readyz", "/internal/revocations", "//internal/events"):
            answer = httpx.get(bank.url + path, headers={"authorization": f"Bearer {token}"})
            assert answer.status_code in (400, 404), path

    def test_a_customers_token_opens_no_inside_route_of_a_service(self, bank: Bank) -> None:
        token = bank.login_demo("alma")
        for service in READS:
            answer = httpx.get(f"{bank.url_of(service)}/internal/events", headers={"authorization": f"Bearer {token}"})
            assert answer.status_code == 403, (service, answer.text)


class TestRoles:
    def test_predecessor_d02_staff_pages_need_the_role(self, bank: Bank) -> None:
        ada = bank.client(bank.login_demo("ada"))
        for path in ("/customers", "/users"):
            assert ada.get(path).status_code == 403
            assert bank.client().get(path).status_code == 401

    def test_an_auditor_moves_no_money(self, bank: Bank) -> None:
        owner = bank.new_customer()
        body = {"account_id": owner.account_id, "amount_minor": 1, "currency": "EUR"}
        amir = bank.client(bank.login_demo("amir"))
        answer = amir.post("/deposits", json=body, headers={"idempotency-key": new_id()})
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.role-not-allowed")


class TestSignIn:
    def test_predecessor_d10_sign_in_sign_out_and_failure_are_logged(self, bank: Bank) -> None:
        customer = bank.new_customer()
        bad = bank.client().post("/auth/login", json={"email": customer.email, "password": "wrong-" + new_id()})
        assert bad.status_code == 401
        second = bank.client(bank.login(customer.email, customer.password))
        assert second.post("/auth/logout").status_code in (200, 204)
        events = customer.http.get("/auth/events").json()["items"]
        assert {"login", "logout", "failure"} <= {event["kind"] for event in events}
        assert all(event["address"] for event in events)

    def test_a_session_that_ended_is_refused_within_five_seconds_everywhere(self, bank: Bank) -> None:
        customer = bank.new_customer()
        token = bank.login(customer.email, customer.password)
        assert bank.client(token).post("/auth/logout").status_code in (200, 204)
        for service, path in READS.items():
            client = bank.client(token, service=service)
            bank.wait_until(lambda: client.get(path).status_code == 401, timeout_seconds=5)  # noqa: B023

    def test_a_refresh_token_used_twice_ends_the_session(self, bank: Bank) -> None:
        customer = bank.new_customer()
        login = bank.client().post("/auth/login", json={"email": customer.email, "password": customer.password}).json()
        first = bank.client().post("/auth/refresh", json={"refresh_token": login["refresh_token"]})
        assert first.status_code == 200
        second = bank.client().post("/auth/refresh", json={"refresh_token": first.json()["refresh_token"]})
        assert second.status_code == 200
        reused = bank.client().post("/auth/refresh", json={"refresh_token": login["refresh_token"]})
        assert reused.status_code == 401
        dead = bank.client().post("/auth/refresh", json={"refresh_token": second.json()["refresh_token"]})
        assert dead.status_code == 401


def _banks_own_key(bank: Bank, token: str) -> str:
    """Give the key that the bank signs with (PEM), so that what it signs is refused for its claims alone."""
    kid = jwt.get_unverified_header(token)["kid"]
    return (bank.folder.path / "identity" / "keys" / f"{kid}.pem").read_text()


def _bad_tokens(good: str, *, signing_key: str) -> dict[str, str]:
    """Make tokens that each have one thing wrong; `signing_key` is the bank's own."""
    header = jwt.get_unverified_header(good)
    claims: dict[str, Any] = jwt.decode(good, options={"verify_signature": False})
    parts = good.split(".")

    def signed(key: Any = signing_key, **changes: Any) -> str:
        changed = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(changed, key, algorithm="EdDSA", headers={**header})

    def encoded(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return {
        "alg none": f"{encoded({**header, 'alg': 'none'})}.{encoded(claims)}.",
        "nothing changed": signed(),
        "another key": signed(Ed25519PrivateKey.generate()),
        "wrong audience": signed(aud="elsewhere"),
        "wrong issuer": signed(iss="elsewhere"),
        "no expiry": signed(exp=None),
        "an hour's life": signed(exp=int(time.time()) + 3600),
        "expired": signed(iat=int(time.time()) - 600, exp=int(time.time()) - 300),
        "hs256": jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": header["kid"], "typ": "at+jwt"}),
        "tampered": good[:-4] + ("AAAA" if not good.endswith("AAAA") else "BBBB"),
        "changed payload": ".".join([parts[0], encoded({**claims, "roles": ["admin"]}), parts[2]]),
        "no token at all": "x",
    }
