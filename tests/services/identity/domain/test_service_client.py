"""A service proves who it is."""

import pytest

from services.identity.domain.service_client import InvalidClient, check_client
from tests.services.identity.conftest import hash_of


class TestCheckClient:
    def test_knows_the_right_secret(self) -> None:
        check_client(clients={"accounts": hash_of("s")}, client_id="accounts", secret="s")

    @pytest.mark.parametrize(("client_id", "secret"), [("accounts", "t"), ("support", "s"), ("", "")])
    def test_refuses_anything_else(self, client_id: str, secret: str) -> None:
        with pytest.raises(InvalidClient):
            check_client(clients={"accounts": hash_of("s")}, client_id=client_id, secret=secret)
