"""Paths, methods and headers that two readers could read in two ways: no way around the policy, none to the inside."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from shared.ids import new_id
from tests.attacks.people import Actor
from tests.attacks.raw import request, speak
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

INSIDE = (
    "/internal/events", "/internal/snapshot", "/internal/revocations", "/internal/service-tokens", "/internal/mails",
    "/internal/customers/x/contact", "/internal/ledger-accounts/x", "/internal/users/x", "/metrics", "/livez",
    "/readyz",
)  # fmt: skip
WAYS_IN = (
    "{}", "/{}", "//{}", "/.{}", "/api/v1{}", "/api/v1/..{}", "/api/v1/../..{}", "/api/v1/accounts/../../..{}",
    "/api/v1/%2e%2e/%2e%2e{}", "/api/v1/..%2f..{}", "/api/v1/accounts/..;/..;/..{}", "/api/v1/accounts;{}", "/%2e{}",
    "/%2e%2e{}", "/api/v1/accounts%2f..%2f..%2f..{}", "/api/v1/accounts/%5c..%5c..{}", "/api/v1/accounts\\..\\..{}",
    "/api/v1/accounts%00{}", "/api/v1/accounts?x={}", "/api/v1/accounts%3f{}", "/api/v1/accounts%23{}",
    "/dev/mail/..{}",
    "/dev/mail{}", "/api/docs{}", "/api/docs/..{}", "/api/openapi.json{}", "{}/", "{};a=b", "{}%20", "{}%0a", "{}.json",
    "{}%00.json", "{}//", "{}/.", "{}/..{}", "http://localhost{}", "http://127.0.0.1:8001{}", "{}#",
)  # fmt: skip


def _upper(path: str) -> list[str]:
    return [path.upper(), path.title(), path.replace("i", "%69"), path.replace("e", "\xe9"), path.replace("i", "ı")]


@pytest.fixture(scope="module")
def admin(bank: Bank) -> Iterator[Actor]:
    """Give the one with the most rights; the inside is not for her either."""
    actor = Actor(bank, "admin", "alma@demo.bank", "demo-password-alma")
    yield actor
    actor.close()


@pytest.fixture(scope="module")
def pair(bank: Bank) -> tuple[BankCustomer, BankCustomer]:
    """Give an owner with 5.00 and a stranger."""
    return bank.new_customer(deposit_minor=500), bank.new_customer()


class TestTheInside:
    @pytest.mark.parametrize("inside", INSIDE)
    def test_is_never_reached_through_the_gateway(self, bank: Bank, admin: Actor, inside: str) -> None:
        token = f"Authorization: Bearer {admin.token}"
        targets = {way.format(inside, inside) for way in WAYS_IN} | {one for one in _upper(inside) if one.isascii()}
        for target in sorted(targets):
            for method in ("GET", "POST"):
                answer = speak(bank.url, request(f"{method} {target} HTTP/1.1", token, "Content-Length: 0"))
                public = target.startswith("/api/v1/accounts?")  # the control: a query is a query
                assert answer.first in ({200, 403} if public else {400, 404, 405, 0}), (method, target, answer)
                assert b"# HELP" not in answer.content, target
                assert len(answer.statuses) <= 1, target

    def test_is_not_reached_by_headers_that_name_another_path(
        self, bank: Bank, admin: Actor, tell: Callable[[str], None]
    ) -> None:
        names = (
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-Forwarded-Path",
            "X-Forwarded-Prefix",
            "X-Forwarded-Uri",
            "Referer",
        )
        for inside in INSIDE:
            for name in names:
                answer = admin.send("GET", "/api/v1/branches", headers={name: inside})
                assert answer.status_code == 200
                assert "items" in answer.json(), (name, inside)
                assert admin.send("GET", "/", headers={name: inside}).text.count("# HELP") == 0
        tell(f"{len(INSIDE) * len(WAYS_IN) * 2} ways to {len(INSIDE)} paths of the inside: none leads there")


class TestPaths:
    def test_lead_around_no_check(self, bank: Bank, pair: tuple[BankCustomer, BankCustomer]) -> None:
        owner, stranger = pair
        own, others = stranger.account["id"], owner.account["id"]
        token = f"Authorization: Bearer {stranger.token}"
        good = speak(bank.url, request(f"GET /api/v1/accounts/{own} HTTP/1.1", token))
        assert good.first == 200
        for path in (
            f"/api/v1/accounts/{others}", f"/api/v1/accounts//{others}", f"/api/v1//accounts/{others}",
            f"//api/v1/accounts/{others}", f"/api/v1/accounts/{others}/", f"/api/v1/accounts/{others}//",
            f"/api/v1/accounts/{others};", f"/api/v1/accounts;x=1/{others}", f"/api/v1/accounts/{own}/../{others}",
            f"/api/v1/accounts/{own}/%2e%2e/{others}", f"/api/v1/accounts/{own}%2f..%2f{others}",
            f"/api/v1/accounts/.{others}", f"/api/v1/accounts/./{others}", f"/api/v1/accounts/%2e/{others}",
            f"/api/v1/accounts/{others}%00", f"/api/v1/accounts/{others}%20", f"/api/v1/accounts/{others}.json",
            f"/api/v1/accounts/{others}%0d%0aX:%20y", f"/API/V1/ACCOUNTS/{others}", f"/api/v1/Accounts/{others}",
            f"/api/v1/accounts/{others.upper()}", f"/api/v1/accounts/%{ord(others[0]):x}{others[1:]}",
            f"/api/v1/accounts/{own},{others}", f"/api/v1/accounts/{own}&account_id={others}",
            f"/api/v1/accounts/{own}/{others}", f"/api/v1/accounts/*{others}",
            f"/api/v1/balances/{others}?account_id={own}",
            f"/api/v1/balances?account_ids={own},{others}", f"/api/v1/balances?account_ids={own}&account_ids={others}",
            f"/api/v1/transactions?account_id={own}&account_id={others}",
            f"/api/v1/transactions?account_id={others}&account_id={own}",
        ):  # fmt: skip
            answer = speak(bank.url, request(f"GET {path} HTTP/1.1", token))
            assert answer.first in (200, 400, 404, 422), (path, answer.first)
            assert others.encode() not in answer.content, (path, answer.content)

    @pytest.mark.parametrize(
        "target", ["http://evil.test/api/v1/users", "evil.test:80", "*", "api/v1/users", "?", "/\t"]
    )
    def test_of_other_forms_are_not_followed(
        self, bank: Bank, pair: tuple[BankCustomer, BankCustomer], target: str
    ) -> None:
        token = f"Authorization: Bearer {pair[1].token}"
        for method in ("GET", "CONNECT", "OPTIONS"):
            answer = speak(bank.url, request(f"{method} {target} HTTP/1.1", token))
            assert answer.first in (0, 400, 403, 404, 405), (method, answer)  # 403: our own policy, of that path
            assert b"@demo.bank" not in answer.content


class TestMethods:
    def test_are_what_the_request_line_says(self, bank: Bank, pair: tuple[BankCustomer, BankCustomer]) -> None:
        owner, _ = pair
        names = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method")
        session = owner.http.get("/auth/sessions").json()["items"][0]["id"]
        for name in names:
            for method in ("DELETE", "PATCH", "PUT", "POST"):
                answer = owner.http.get("/auth/sessions", headers={name: method}, params={"_method": method})
                assert answer.status_code == 200
                gone = owner.http.post(f"/auth/sessions/{session}", headers={name: method}, json={"_method": method})
                assert gone.status_code == 405, (name, method)
        assert owner.http.get("/auth/me").status_code == 200

    @pytest.mark.parametrize(
        "method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "get", "GeT", "GETT", "HEAD /x"]
    )
    def test_that_are_none_of_ours_are_refused(self, bank: Bank, admin: Actor, method: str) -> None:
        secret = f"X-Secret: {new_id()}"
        answer = speak(
            bank.url, request(f"{method} /api/v1/users HTTP/1.1", f"Authorization: Bearer {admin.token}", secret)
        )
        assert answer.first in (0, 400, 404, 405), answer
        assert secret.encode() not in answer.content
        assert b"@demo.bank" not in answer.content

    def test_options_open_nothing_to_other_origins(self, bank: Bank) -> None:
        headers = {"origin": "https://evil.test", "access-control-request-method": "POST"}
        for method in ("OPTIONS", "GET"):
            answer = httpx.request(method, f"{bank.url}/api/v1/branches", headers=headers, trust_env=False)
            assert not [name for name in answer.headers if name.startswith("access-control-")]


class TestHeadersOfProxies:
    SPOOFED = (
        "X-User-Id", "X-User-Roles", "X-User", "X-Remote-User", "X-Customer-Id", "X-Roles", "X-Auth-Request-User",
        "X-Forwarded-User", "X-Authenticated-User", "X-Service", "X-Act", "X-Branch-Id", "X-Session-Id", "X-Attempt",
        "X-Client-Address", "X-Deadline",
    )  # fmt: skip

    def test_make_nobody_of_anybody(self, bank: Bank, pair: tuple[BankCustomer, BankCustomer]) -> None:
        owner, stranger = pair
        me = stranger.http.get("/auth/me").json()
        for name in self.SPOOFED:
            for value in ("admin", owner.customer_id, "alma@demo.bank", '["admin"]'):
                spoof = {name: value}
                assert stranger.http.get("/auth/me", headers=spoof).json() == me
                assert stranger.http.get("/users", headers=spoof).status_code == 403
                assert bank.client().get("/auth/me", headers=spoof).status_code == 401
            at_service = bank.client(service="accounts").get("/accounts", headers={name: "admin"})
            assert at_service.status_code == 401, name

    def test_do_not_write_the_address_of_a_sign_in(self, bank: Bank, pair: tuple[BankCustomer, BankCustomer]) -> None:
        owner, _ = pair
        body = {"email": owner.email, "password": owner.password}
        for name in (
            "X-Forwarded-For",
            "X-Real-IP",
            "Forwarded",
            "True-Client-IP",
            "CF-Connecting-IP",
            "X-Client-Address",
        ):
            value = "for=203.0.113.9" if name == "Forwarded" else "203.0.113.9"
            assert bank.client().post("/auth/login", json=body, headers={name: value}).status_code == 200
        events = owner.http.get("/auth/events", params={"limit": 200}).json()["items"]
        assert "203.0.113" not in str(events)

    def test_do_not_move_the_bank_to_another_host(self, bank: Bank, pair: tuple[BankCustomer, BankCustomer]) -> None:
        for name in ("Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Host"):
            for path in ("/", "/api/docs", "/api/openapi.json", "/api/v1/branches", "/api/v1/nothing"):
                answer = httpx.get(
                    bank.url + path, headers={name: "evil.test"}, trust_env=False, follow_redirects=False
                )
                assert answer.status_code < 500
                assert "evil.test" not in answer.text + str(answer.headers), (name, path)
