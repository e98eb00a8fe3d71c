"""A signer with an Ed25519 key of its own: makes the tokens that identity would, and ones that it never would."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.clock import now


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Signer:
    """Signs for the tests; `jwks()` is its public document."""

    def __init__(self, kid: str = "key-1") -> None:
        self.kid = kid
        self.private = Ed25519PrivateKey.generate()
        self.raw_public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def jwks(self) -> dict[str, Any]:
        key = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.kid}
        return {"keys": [{**key, "x": _encode(self.raw_public)}]}

    def user(self, *roles: str, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """Sign a user token; what is set to None is left out."""
        own = {"aud": "strongroom", "sub": "user-1", "sid": "session-1", "roles": list(roles)}
        return self._sign("at+jwt", own, header, claims)

    def service(self, name: str, *, audience: str, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """Sign a service token; what is set to None is left out."""
        return self._sign("svc+jwt", {"aud": audience, "sub": name}, header, claims)

    def _sign(self, kind: str, own: dict[str, Any], header: dict[str, Any] | None, claims: dict[str, Any]) -> str:
        moment = int(now().timestamp())
        payload = {"iss": "strongroom", "iat": moment, "exp": moment + 300, **own, **claims}
        payload = {name: value for name, value in payload.items() if value is not None}
        told = {"alg": "EdDSA", "kid": self.kid, "typ": kind, **(header or {})}
        told = {name: value for name, value in told.items() if value is not None}
        signed = self.unsigned(told, payload).rsplit(".", 1)[0]
        return self.unsigned(told, payload, self.private.sign(signed.encode()))

    @staticmethod
    def unsigned(header: dict[str, Any], payload: dict[str, Any], signature: bytes = b"") -> str:
        """Put a token together by hand, as an attacker does."""
        return ".".join(
            _encode(part) for part in (json.dumps(header).encode(), json.dumps(payload).encode(), signature)
        )
