"""Step-up tokens (DESIGN §4): one approval of one command, with its amount, currency, payer and payee, by one session.

Whoever takes one verifies it here and keeps its `jti` unique in the transaction of the effect: that makes it good for
one use. Changed by one cent, of another session, older than its life: refused.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import jwt

from shared.clients.jwks import KeySet
from shared.clients.verify import ISSUER, LEEWAY_SECONDS, MAX_LIFE_SECONDS, MAX_TOKEN_CHARACTERS, USER_AUDIENCE
from shared.contracts.caller import Caller
from shared.errors import Forbidden

STEP_UP_TYPE = "step-up+jwt"
STEP_UP_HEADER = "step-up"
_REQUIRED = ["iss", "aud", "sub", "sid", "jti", "action", "hash", "iat", "exp"]
_ID_CHARACTERS = 128


class StepUpRequired(Forbidden):
    """The command needs a step-up: none came, or it is for something else, of another session, used, or too old."""

    code = "auth.step-up-required"
    title = "Confirm that this is you"
    next_step = "Ask POST /auth/step-up for a token with this action and these details, and send it as Step-Up."


@dataclass(frozen=True, slots=True)
class StepUpSubject:
    """What is approved. Payer and payee as the command names them: an account's id, or its number for a payee."""

    action: str
    amount_minor: int | None = None
    currency: str | None = None
    payer: str | None = None
    payee: str | None = None

    @property
    def hash(self) -> str:
        """Give what the token carries of it: equal for this very command and for no other."""
        parts = [self.action, self.amount_minor, self.currency, self.payer, self.payee]
        return sha256(json.dumps(parts, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()

    @property
    def details(self) -> dict[str, object]:
        """Give what the person has to approve, as `POST /auth/step-up` takes it."""
        named = {
            "amount_minor": self.amount_minor, "currency": self.currency, "payer": self.payer, "payee": self.payee,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value is not None}


def step_up_required(subject: StepUpSubject, detail: str = "") -> StepUpRequired:
    """Make the refusal that says what to approve."""
    return StepUpRequired(detail or "This needs your confirmation.", action=subject.action, details=subject.details)


def verify_step_up(raw: str | None, *, subject: StepUpSubject, caller: Caller, keys: KeySet, now: datetime) -> str:
    """Check a token against the command that it shall approve, and give its `jti` to be kept unique with the effect.

    :raises StepUpRequired: if there is none, or anything about it is not as it must be
    :raises Unavailable: if identity's keys cannot be had
    """
    if not raw:
        raise step_up_required(subject)
    refused = step_up_required(subject, "The step-up token does not approve this.")
    if len(raw) > MAX_TOKEN_CHARACTERS:
        raise refused
    try:
        header = jwt.get_unverified_header(raw)
        kid = header.get("kid")
        if header.get("alg") != "EdDSA" or header.get("typ") != STEP_UP_TYPE or "crit" in header:
            raise refused
        key = keys.key(kid) if isinstance(kid, str) and 0 < len(kid) <= _ID_CHARACTERS else None
        if key is None:
            raise refused
        options = {"require": _REQUIRED, "strict_aud": True, "verify_exp": False, "verify_iat": False}
        claims = jwt.decode(
            raw,
            key,
            algorithms=["EdDSA"],
            audience=USER_AUDIENCE,
            issuer=ISSUER,
            options=options,  # type: ignore[arg-type]
        )
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise refused from None
    issued_at, expires_at, moment = claims["iat"], claims["exp"], now.timestamp()
    times_are_numbers = type(issued_at) is int and type(expires_at) is int
    if not times_are_numbers or not 0 < expires_at - issued_at <= MAX_LIFE_SECONDS:
        raise refused
    if not issued_at - LEEWAY_SECONDS <= moment < expires_at:
        raise refused
    is_ours = claims["sub"] == caller.user_id and claims["sid"] == caller.session_id and caller.session_id is not None
    fits = claims["action"] == subject.action and hmac.compare_digest(str(claims["hash"]), subject.hash)
    if not is_ours or not fits or not isinstance(claims["jti"], str) or not 0 < len(claims["jti"]) <= _ID_CHARACTERS:
        raise refused
    return claims["jti"]
