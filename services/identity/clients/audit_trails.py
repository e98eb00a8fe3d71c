"""What identity asks of the other services: their audit trails, on behalf of the auditor who reads."""

from collections.abc import Mapping
from typing import Any

from services.identity.settings import IdentitySettings
from shared.clients.http import ServiceClient
from shared.clients.tokens import TokenSource
from shared.errors import Unavailable


class AuditTrails:
    """The trails of the other services."""

    def __init__(self, settings: IdentitySettings, tokens: TokenSource) -> None:
        """Speak through a client of each."""
        self._clients = {
            "accounts": ServiceClient(settings, "accounts", tokens),
            "transactions": ServiceClient(settings, "transactions", tokens),
            "support": ServiceClient(settings, "support", tokens),
            "notifications": ServiceClient(settings, "notifications", tokens),
        }

    def read(self, service: str, wanted: Mapping[str, Any], *, act: str) -> list[dict[str, Any]]:
        """Give records of a service, the newest first.

        :raises Unavailable: if it does not give them: a trail with a hole in it would be worse than none
        """
        answer = self._clients[service].request("GET", "/internal/audit", params=dict(wanted), act=act)
        if not answer.is_success:
            raise Unavailable(f"{service} does not give its audit trail now.", retry_after_seconds=2)
        items: list[dict[str, Any]] = answer.json()["items"]
        return items
