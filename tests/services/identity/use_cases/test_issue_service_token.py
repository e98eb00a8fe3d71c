"""Giving a service a token."""

import jwt
import pytest

from services.identity.domain.service_client import InvalidClient
from services.identity.use_cases.issue_service_token import issue_service_token
from tests.services.identity.conftest import NOW, World


def issue(world: World, *, client_id: str = "accounts", secret: str = "secret-of-accounts") -> tuple[str, int]:
    return issue_service_token(
        keys=world.keys,
        settings=world.settings,
        client_id=client_id,
        client_secret=secret,
        audience="transactions",
        acting_user="u1",
        now=NOW,
    )


class TestIssueServiceToken:
    def test_names_caller_callee_and_the_person_behind(self, world: World) -> None:
        token, life_seconds = issue(world)
        claims = jwt.decode(token, options={"verify_signature": False})
        assert jwt.get_unverified_header(token)["typ"] == "svc+jwt"
        assert (claims["sub"], claims["aud"], claims["act"], claims["iss"]) == (
            "accounts",
            "transactions",
            "u1",
            "strongroom",
        )
        assert claims["exp"] - claims["iat"] == life_seconds == 300

    @pytest.mark.parametrize(("client_id", "secret"), [("accounts", "wrong"), ("stranger", "secret-of-accounts")])
    def test_refuses_a_wrong_secret_like_an_unknown_service(self, world: World, client_id: str, secret: str) -> None:
        with pytest.raises(InvalidClient):
            issue(world, client_id=client_id, secret=secret)
