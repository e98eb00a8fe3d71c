"""What the ledger asks of the support desk: how many tickets there are, for the reports."""

from typing import Any

from shared.clients.http import ServiceClient
from shared.errors import Unavailable


class SupportClient:
    """Asks the desk for its counts."""

    def __init__(self, client: ServiceClient) -> None:
        """Ask through this client."""
        self._client = client

    def ticket_counts(self) -> list[dict[str, Any]]:
        """Give {type, priority, status, tickets, oldest_created_at} for each group that there is.

        :raises Unavailable: if the desk does not give them
        """
        answer = self._client.request("GET", "/internal/ticket-counts")
        if answer.status_code != 200:
            raise Unavailable(f"support answered {answer.status_code}.", retry_after_seconds=5)
        return list(answer.json()["items"])
