"""The public keys that tokens are verified with."""

from typing import Any

from fastapi import APIRouter, Response

from services.identity.api.dependencies import IdentityDep

router = APIRouter(tags=["auth"], include_in_schema=False)


@router.get("/.well-known/jwks.json")
def read_keys(identity: IdentityDep, response: Response) -> dict[str, Any]:
    """Give the JSON Web Key Set."""
    response.headers["cache-control"] = "public, max-age=60"
    return identity.keys.jwks()
