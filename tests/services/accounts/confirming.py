"""Step-up tokens as identity issues them, signed with a key of the test's own."""

import base64
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.clients.step_up import STEP_UP_TYPE, StepUpSubject
from shared.clients.verify import ISSUER, USER_AUDIENCE
from shared.clock import now
from shared.contracts.caller import Caller
from shared.ids import new_id

_KEY = Ed25519PrivateKey.generate()
_KID = "step-up-key"


def step_up_jwks() -> dict[str, Any]:
    """Give the public key as identity publishes it."""
    public = base64.urlsafe_b64encode(_KEY.public_key().public_bytes_raw()).decode().rstrip("=")
    return {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": _KID, "alg": "EdDSA", "use": "sig", "x": public}]}


def step_up(caller: Caller, subject: StepUpSubject) -> str:
    """Give a token with which this session approves this."""
    at = int(now().timestamp())
    claims = {"iss": ISSUER, "aud": USER_AUDIENCE, "sub": caller.user_id, "sid": caller.session_id, "jti": new_id()}
    what = {"action": subject.action, "hash": subject.hash, "iat": at, "exp": at + 120}
    return jwt.encode(claims | what, _KEY, algorithm="EdDSA", headers={"kid": _KID, "typ": STEP_UP_TYPE})
