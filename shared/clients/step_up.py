"""Step-up tokens (DESIGN §4): one approval of one command, with its amount, currency, payer and payee, by one session.

Whoever takes one verifies it here and keeps its `jti` unique in the transaction of the effect: that makes it good for
one use. Changed by one cent, of another session, older than its life: refused.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

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


@dataclass(frozen=True, slots=True)
class StepUp:
    """A good token of this caller's session. What it approves is compared with the command."""

    token_id: str
    action: str
    hash: str

    def approves(self, subject: StepUpSubject) -> bool:
        """Tell whether it approves this very command."""
        return self.action == subject.action and hmac.compare_digest(self.hash, subject.hash)


def verify_step_up(raw: str | None, *, subject: StepUpSubject, caller: Caller, keys: KeySet, now: datetime) -> str:
    """Check a token against the command that it shall approve, and give its `jti` to be kept unique with the effect.

    :raises StepUpRequired: if there is none, or anything about it is not as it must be
    :raises Unavailable: if identity's keys cannot be had
    """
    if not raw:
        raise step_up_required(subject)
    found = read_step_up(raw, caller=caller, keys=keys, now=now)
    if found is None or not found.approves(subject):
        raise step_up_required(subject, "The step-up token does not approve this.")
    return found.token_id


def read_step_up(raw: str, *, caller: Caller, keys: KeySet, now: datetime) -> StepUp | None:
    """Read a token; None if it is not identity's, of another session, too old, or anything else about it is wrong.

    :raises Unavailable: if identity's keys cannot be had
    """
    if len(raw) > MAX_TOKEN_CHARACTERS:
        return None
    try:
        header = jwt.get_unverified_header(raw)
        kid = header.get("kid")
        if header.get("alg") != "EdDSA" or header.get("typ") != STEP_UP_TYPE or "crit" in header:
            return None
        key = keys.key(kid) if isinstance(kid, str) and 0 < len(kid) <= _ID_CHARACTERS else None
        if key is None:
            return None
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
        return None
    return _found(claims) if _is_of(claims, caller) and _is_young(claims, now) else None


def _is_young(claims: dict[str, Any], now: datetime) -> bool:
    issued_at, expires_at = claims["iat"], claims["exp"]
    if type(issued_at) is not int or type(expires_at) is not int:
        return False
    lives = 0 < expires_at - issued_at <= MAX_LIFE_SECONDS
    return lives and issued_at - LEEWAY_SECONDS <= now.timestamp() < expires_at


def _is_of(claims: dict[str, Any], caller: Caller) -> bool:
    return caller.session_id is not None and (claims["sub"], claims["sid"]) == (caller.user_id, caller.session_id)


def _found(claims: dict[str, Any]) -> StepUp | None:
    token_id, action, subject_hash = claims["jti"], claims["action"], claims["hash"]
    if not all(isinstance(part, str) and 0 < len(part) <= _ID_CHARACTERS for part in (token_id, action, subject_hash)):
        return None
    return StepUp(token_id, action, subject_hash)
