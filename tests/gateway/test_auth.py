"""Who gets in: the token is checked at the gateway, before anything reaches a service."""

import base64
import json
import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.builders.tokens import TokenMaker
from tests.gateway.stand_ins import Upstream

ACCOUNTS = "/api/v1/accounts"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def unsigned(tokens: TokenMaker) -> str:
    parts = ({"alg": "none", "typ": "at+jwt", "kid": tokens.kid}, tokens.claims())
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, ""])


class TestDoorkeeper:
    def test_lets_a_good_token_in(self, client: httpx.Client, service: Upstream, signed_in: dict[str, str]) -> None:
        assert client.get(ACCOUNTS, headers=signed_in).status_code == 200
        assert len(service.seen) == 1

    def test_asks_for_a_token(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.get(ACCOUNTS)
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.missing-token")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
        assert service.seen == []

    @pytest.mark.parametrize(
        "changed",
        [
            {"aud": "accounts"}, {"aud": ["strongroom"]}, {"aud": None}, {"iss": "else"}, {"exp": 1}, {"exp": None},
            {"exp": int(time.time()) + 10**6}, {"iat": None}, {"sub": None}, {"sid": None}, {"roles": []},
            {"roles": ["service"]}, {"roles": "admin"}, {"typ": "rt+jwt"}, {"typ": "JWT"}, {"typ": "step-up+jwt"},
            {"typ": "svc+jwt", "aud": "accounts"}, {"typ": "svc+jwt", "aud": "gateway"}, {"kid": "../../etc/passwd"},
            {"key": Ed25519PrivateKey.generate()}, {"key": "k" * 64, "alg": "HS256"},
        ],
        ids=[
            "audience-a-service", "audience-a-list", "no-audience", "other-issuer", "expired", "no-expiry",
            "lives-too-long", "no-iat", "no-subject", "no-session", "no-roles",
            "role-service", "roles-a-text", "typ-rt", "typ-jwt", "typ-step-up",
            "service-token-of-accounts", "service-token-of-gateway", "kid-a-path",
            "foreign-key", "hs256",
        ],
    )  # fmt: skip
    def test_refuses_a_forged_or_foreign_token(
        self, client: httpx.Client, service: Upstream, tokens: TokenMaker, changed: dict[str, Any]
    ) -> None:
        answer = client.get(ACCOUNTS, headers=bearer(tokens.sign(**changed)))
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid-token")
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]
        assert service.seen == []

    def test_refuses_what_is_no_token(self, client: httpx.Client, service: Upstream, tokens: TokenMaker) -> None:
        good = tokens.sign()
        wrong = [unsigned(tokens), "x", "a.b.c", good[:-3], good + "A", "A" * 60_000]
        values = [f"Bearer {one}" for one in wrong] + ["Basic YTpi", "Bearer", good, f"Bearer  {good}"]
        answers = [client.get(ACCOUNTS, headers={"Authorization": value}) for value in values]
        assert {answer.status_code for answer in answers} <= {401, 431, 400}
        assert service.seen == []

    def test_refuses_a_role_that_may_never_call_it(
        self, client: httpx.Client, identity: Upstream, signed_in: dict[str, str]
    ) -> None:
        answer = client.get("/api/v1/users", headers=signed_in)
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.role-not-allowed")
        assert identity.seen == []

    def test_does_not_look_at_a_token_on_a_public_route(self, client: httpx.Client, service: Upstream) -> None:
        assert client.get("/api/v1/branches", headers=bearer("stale")).status_code == 200

    def test_never_logs_a_token(
        self, client: httpx.Client, tokens: TokenMaker, capfd: pytest.CaptureFixture[str]
    ) -> None:
        token = tokens.sign(sid="logged")
        client.get(ACCOUNTS, headers=bearer(token))
        client.get(f"{ACCOUNTS}?access_token={token}", headers=bearer(token[:-4]))
        written = capfd.readouterr()
        assert token[20:40] not in written.out + written.err
