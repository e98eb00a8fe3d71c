"""The public keys."""

import jwt
from fastapi.testclient import TestClient

from tests.services.identity.api.test_auth import log_in


class TestKeys:
    def test_verify_an_access_token_without_a_token_of_ones_own(self, client: TestClient) -> None:
        token = log_in(client)["access_token"]
        answer = client.get("/.well-known/jwks.json")
        key = jwt.PyJWKSet.from_dict(answer.json())[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="strongroom", issuer="strongroom")
        assert claims["roles"] == ["teller"]
        assert all(set(one) == {"kty", "crv", "x", "kid", "use", "alg"} for one in answer.json()["keys"])
