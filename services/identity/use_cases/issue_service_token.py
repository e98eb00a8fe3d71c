"""Give a service a token for one other service.

Who: a service that knows its secret. Rule: `domain/service_client.py`. Says: nothing, and keeps nothing.
"""

from datetime import datetime

from services.identity.domain.claims import MAX_LIFE_SECONDS, service_claims
from services.identity.domain.service_client import check_client
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys


def issue_service_token(
    *,
    keys: SigningKeys,
    settings: IdentitySettings,
    client_id: str,
    client_secret: str,
    audience: str,
    acting_user: str | None,
    now: datetime,
) -> tuple[str, int]:
    """Give a signed token and its life in seconds. `acting_user` is the person behind the call.

    :raises InvalidClient: if the service is unknown or the secret is another
    """
    check_client(clients=settings.service_clients, client_id=client_id, secret=client_secret)
    claims = service_claims(
        service=client_id, audience=audience, acting_user=acting_user, issued_at=now, life_seconds=MAX_LIFE_SECONDS
    )
    return keys.sign(claims, typ="svc+jwt"), MAX_LIFE_SECONDS
