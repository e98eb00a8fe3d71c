"""What every service asks of identity: keys and revocations, wired into a verifier."""

from typing import Any

import httpx

from shared.clients.http import ServiceClient
from shared.clients.jwks import KeySet
from shared.clients.revocations import RevocationPoller, Revocations
from shared.clients.tokens import TokenSource
from shared.clients.verify import TokenVerifier
from shared.errors import Unavailable
from shared.settings import BankSettings


class IdentityRevocations:
    """Reads `GET /internal/revocations` with a service token."""

    def __init__(self, client: ServiceClient) -> None:
        """Ask through a client to identity."""
        self._client = client

    def read_page(self, after: int) -> dict[str, Any]:
        """Give the revocations after a sequence.

        :raises Unavailable: if identity does not give them
        """
        answer = self._client.request("GET", "/internal/revocations", params={"after": after})
        if answer.status_code != 200:
            raise Unavailable(f"identity answered {answer.status_code} for revocations.")
        page: dict[str, Any] = answer.json()
        return page


def make_verifier(
    settings: BankSettings, tokens: TokenSource, *, transport: httpx.BaseTransport | None = None
) -> tuple[TokenVerifier, RevocationPoller]:
    """Make the verifier of a service that is not identity, and the poller that it needs (start and stop it)."""
    revocations = Revocations()
    client = ServiceClient(settings, "identity", tokens, transport=transport)
    verifier = TokenVerifier(
        service=settings.service, keys=KeySet.of_identity(settings, transport=transport), revocations=revocations
    )
    return verifier, RevocationPoller(IdentityRevocations(client), revocations)
