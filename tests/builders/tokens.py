"""Signs tokens as identity does, with a key of the test's own."""

import base64
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class TokenMaker:
    """A signing key and what it signs."""

    kid = "test-key"

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()

    def jwks(self) -> dict[str, Any]:
        """Give the public key as identity publishes it."""
        x = base64.urlsafe_b64encode(self.key.public_key().public_bytes_raw()).rstrip(b"=").decode()
        return {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "alg": "EdDSA", "use": "sig", "x": x}]}

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Give the claims of a customer's access token, with some of them changed (None drops one)."""
        moment = int(time.time())
        claims = {"iss": "strongroom", "aud": "strongroom", "sub": "user-1", "cid": "customer-1", "sid": "session-1"}
        claims |= {"roles": ["customer"], "iat": moment, "exp": moment + 300} | changed
        return {name: value for name, value in claims.items() if value is not None}

    def sign(
        self, *, typ: str = "at+jwt", kid: str | None = None, key: Any = None, alg: str = "EdDSA", **changed: Any
    ) -> str:
        """Sign a customer's access token, with claims changed."""
        headers = {"typ": typ, "kid": kid or self.kid}
        return jwt.encode(self.claims(**changed), self.key if key is None else key, algorithm=alg, headers=headers)
