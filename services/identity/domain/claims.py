"""What a token says (DESIGN §4). Signing it is the keys' work."""

from datetime import datetime
from typing import Any

ISSUER = "strongroom"
AUDIENCE = "strongroom"
MAX_LIFE_SECONDS = 300


def user_claims(
    *,
    user_id: str,
    customer_id: str | None,
    roles: tuple[str, ...],
    branch_id: str | None,
    session_id: str,
    issued_at: datetime,
    life_seconds: int,
) -> dict[str, Any]:
    """Give the claims of a person's access token (`typ=at+jwt`)."""
    claims: dict[str, Any] = {"sub": user_id, "roles": list(roles), "sid": session_id}
    if customer_id is not None:
        claims["cid"] = customer_id
    if branch_id is not None:
        claims["branch_id"] = branch_id
    return claims | token_frame(AUDIENCE, issued_at, life_seconds)


def service_claims(
    *, service: str, audience: str, acting_user: str | None, issued_at: datetime, life_seconds: int
) -> dict[str, Any]:
    """Give the claims of a service's token (`typ=svc+jwt`) for one callee, with the person behind the call."""
    claims: dict[str, Any] = {"sub": service}
    if acting_user is not None:
        claims["act"] = acting_user
    return claims | token_frame(audience, issued_at, life_seconds)


def token_frame(audience: str, issued_at: datetime, life_seconds: int) -> dict[str, Any]:
    """Give the claims that every token has: who made it, for whom, when, and until when."""
    issued = int(issued_at.timestamp())
    life = min(life_seconds, MAX_LIFE_SECONDS)
    return {"iss": ISSUER, "aud": audience, "iat": issued, "exp": issued + life}
