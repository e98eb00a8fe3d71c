"""A service proves who it is by a secret of which identity knows the hash."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from shared.errors import Unauthenticated

_NOBODY = "0" * 64


class InvalidClient(Unauthenticated):
    """Unknown service or wrong secret: both answer alike."""

    code = "auth.invalid-client"
    title = "Client or secret is wrong"
    next_step = "Check the service's name and its secret in the settings."


def check_client(*, clients: Mapping[str, str], client_id: str, secret: str) -> None:
    """Check a service's secret in time that does not depend on how much of it is right.

    :raises InvalidClient: if the service is unknown or the secret is another
    """
    given = sha256(secret.encode()).hexdigest()
    known = clients.get(client_id, _NOBODY)
    if not hmac.compare_digest(given, known):
        raise InvalidClient("The client or its secret is wrong.")
