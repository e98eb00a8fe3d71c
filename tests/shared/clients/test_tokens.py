"""A service buys its tokens once and again at half their life."""

import json
from typing import ClassVar

import httpx
import pytest
from pydantic import SecretStr

from shared.clients.tokens import ServiceTokenSource
from shared.errors import Unavailable
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    service: ClassVar[str] = "accounts"
    client_secret: SecretStr = SecretStr("the-secret")


class Identity:
    def __init__(self) -> None:
        self.bodies: list[dict[str, str]] = []
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/internal/service-tokens"
        self.bodies.append(json.loads(request.content))
        return httpx.Response(self.status, json={"access_token": f"t{len(self.bodies)}", "expires_in": 300})


@pytest.fixture
def identity() -> Identity:
    return Identity()


@pytest.fixture
def source(identity: Identity) -> ServiceTokenSource:
    return ServiceTokenSource(Settings(), transport=httpx.MockTransport(identity))


class TestServiceTokenSource:
    def test_asks_with_the_client_secret_and_keeps_the_token(
        self, source: ServiceTokenSource, identity: Identity
    ) -> None:
        assert [source.token_for("support") for _ in range(3)] == ["t1"] * 3
        assert identity.bodies == [{"client_id": "accounts", "client_secret": "the-secret", "audience": "support"}]

    def test_keeps_tokens_apart_by_callee_and_user(self, source: ServiceTokenSource, identity: Identity) -> None:
        tokens = [source.token_for("support"), source.token_for("identity"), source.token_for("support", "user-1")]
        assert tokens == ["t1", "t2", "t3"]
        assert identity.bodies[2]["act"] == "user-1"

    def test_renews_at_half_life(
        self, source: ServiceTokenSource, identity: Identity, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import shared.clients.tokens as module

        start = module.time.monotonic()
        source.token_for("support")
        monkeypatch.setattr("shared.clients.tokens.time.monotonic", lambda: start + 149)
        assert source.token_for("support") == "t1"
        monkeypatch.setattr("shared.clients.tokens.time.monotonic", lambda: start + 152)
        assert source.token_for("support") == "t2"

    def test_buys_anew_after_forget(self, source: ServiceTokenSource) -> None:
        source.token_for("support")
        source.forget("support")
        assert source.token_for("support") == "t2"

    @pytest.mark.parametrize("status", [401, 403, 500, 503])
    def test_is_unavailable_without_a_token(self, source: ServiceTokenSource, identity: Identity, status: int) -> None:
        identity.status = status
        with pytest.raises(Unavailable) as raised:
            source.token_for("support")
        assert "the-secret" not in str(raised.value)

    def test_does_not_ask_again_at_once_for_those_who_waited(
        self, source: ServiceTokenSource, identity: Identity
    ) -> None:
        """Forty threads would otherwise wait for a slow identity one after another, five seconds each."""
        identity.status = 503
        for _ in range(5):
            with pytest.raises(Unavailable):
                source.token_for("support")
        assert len(identity.bodies) == 1
