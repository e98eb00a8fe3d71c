"""Whose token is it: EdDSA JWTs of identity, checked claim by claim, remembered until they expire.

User: `typ=at+jwt`, `aud=strongroom`. Service: `typ=svc+jwt`, `aud` = this service. Nothing else is an access token:
not a refresh or step-up token, not another algorithm, not a token for a neighbour.
"""

from typing import Any, NamedTuple

import jwt

from shared.clients.jwks import KeySet
from shared.clients.revocations import Revocations
from shared.clock import now
from shared.contracts.caller import Caller
from shared.contracts.policy.row import EVERYBODY
from shared.errors import Unauthenticated

ISSUER = "strongroom"
USER_AUDIENCE = "strongroom"
USER_TYPE = "at+jwt"
SERVICE_TYPE = "svc+jwt"
MAX_TOKEN_CHARACTERS = 8192
MAX_LIFE_SECONDS = 300
LEEWAY_SECONDS = 5
_CACHED = 10_000
_ID_CHARACTERS = 128
_REQUIRED = ["iss", "aud", "sub", "iat", "exp"]


class MissingToken(Unauthenticated):
    """No token came."""

    code = "auth.missing-token"
    title = "A bearer token is needed"
    next_step = "Sign in and send the access token as Authorization: Bearer."


class InvalidToken(Unauthenticated):
    """The token is not one that identity gave for us, or it holds no longer."""

    code = "auth.invalid-token"
    title = "The token is not valid"
    next_step = "Refresh the session or sign in again, and send the new access token."


class _Known(NamedTuple):
    caller: Caller
    issued_at: float
    expires_at: float


class TokenVerifier:
    """Verifies tokens for one service; safe between threads."""

    def __init__(self, *, service: str, keys: KeySet, revocations: Revocations | None = None) -> None:
        """Accept user tokens, and service tokens whose audience is `service`."""
        self._service = service
        self._keys = keys
        self._revocations = revocations or Revocations()
        self._known: dict[str, _Known] = {}

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token that was verified before and still holds; never waits, about 1 µs."""
        known = self._known.get(raw)
        if known is None or known.expires_at <= now().timestamp() or self._is_revoked(known):
            return None
        return known.caller

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; may wait for identity's keys.

        :raises MissingToken: if it is empty
        :raises InvalidToken: if anything about it is not as it must be
        :raises Unavailable: if identity's keys cannot be had at all
        """
        caller = self.cached(raw)
        if caller is not None:
            return caller
        if not raw:
            raise MissingToken
        known = self._check(raw)
        if known.expires_at <= now().timestamp() or self._is_revoked(known):
            self._known.pop(raw, None)
            raise InvalidToken
        if len(self._known) >= _CACHED:
            self._make_room()
        self._known[raw] = known
        return known.caller

    def _is_revoked(self, known: _Known) -> bool:
        caller = known.caller
        return self._revocations.covers(session_id=caller.session_id, user_id=caller.user_id, issued_at=known.issued_at)

    def _make_room(self) -> None:
        """Drop what has expired, and the oldest quarter if that was not enough."""
        moment = now().timestamp()
        kept = [(raw, known) for raw, known in list(self._known.items()) if known.expires_at > moment]
        self._known = dict(kept[-(_CACHED * 3 // 4) :])

    def _check(self, raw: str) -> _Known:
        if len(raw) > MAX_TOKEN_CHARACTERS:
            raise InvalidToken
        try:
            header = jwt.get_unverified_header(raw)
            kid, kind = header.get("kid"), header.get("typ")
            if header.get("alg") != "EdDSA" or not isinstance(kid, str) or not 0 < len(kid) <= _ID_CHARACTERS:
                raise InvalidToken
            if "crit" in header or kind not in (USER_TYPE, SERVICE_TYPE):
                raise InvalidToken
            key = self._keys.key(kid)
            if key is None:
                raise InvalidToken
            audience = USER_AUDIENCE if kind == USER_TYPE else self._service
            claims = jwt.decode(
                raw,
                key,
                algorithms=["EdDSA"],
                audience=audience,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": _REQUIRED, "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise InvalidToken from None
        issued_at, expires_at = _life(claims)
        caller = _user(claims) if kind == USER_TYPE else _service(claims)
        return _Known(caller, issued_at, expires_at + LEEWAY_SECONDS)


def _life(claims: dict[str, Any]) -> tuple[float, float]:
    """Check that a token lives at most 300 s. `iat` may have a fraction, so that revocations order exactly."""
    issued_at, expires_at = claims["iat"], claims["exp"]
    for moment in (issued_at, expires_at):
        if isinstance(moment, bool) or not isinstance(moment, int | float):
            raise InvalidToken
    if not 0 < expires_at - issued_at <= MAX_LIFE_SECONDS:
        raise InvalidToken
    return float(issued_at), float(expires_at)


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _ID_CHARACTERS:
        raise InvalidToken
    return value


def _optional_text(claims: dict[str, Any], name: str) -> str | None:
    return None if claims.get(name) is None else _text(claims, name)


def _user(claims: dict[str, Any]) -> Caller:
    roles = claims.get("roles")
    if not isinstance(roles, list) or not roles or not all(isinstance(r, str) and r in EVERYBODY for r in roles):
        raise InvalidToken
    return Caller(
        user_id=_text(claims, "sub"),
        customer_id=_optional_text(claims, "cid"),
        roles=frozenset(roles),
        branch_id=_optional_text(claims, "branch_id"),
        session_id=_text(claims, "sid"),
    )


def _service(claims: dict[str, Any]) -> Caller:
    return Caller.for_service(_text(claims, "sub"), _optional_text(claims, "act"))
