"""What the support desk asks of accounts: who owns an account."""

from shared.clients.http import ServiceClient
from shared.errors import Unavailable


class Accounts:
    """Accounts, as the support desk sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `accounts`."""
        self._client = client

    def owners_of(self, account_id: str) -> list[str]:
        """Give the customers who own an account; none if there is no such account.

        :raises Unavailable: if accounts does not answer
        """
        answer = self._client.request("GET", f"/internal/accounts/{account_id}")
        if answer.status_code == 404:
            return []
        if not answer.is_success:
            raise Unavailable(f"Accounts answered {answer.status_code} to a question for an account.")
        return [str(owner) for owner in answer.json()["owners"]]
