"""What notifications asks of accounts: where to write to a customer. The answer is used and forgotten."""

from dataclasses import dataclass

from shared.clients.http import ServiceClient
from shared.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Contact:
    """How to address one customer."""

    email: str
    first_name: str
    last_name: str


class Accounts:
    """Accounts, as notifications sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `accounts`."""
        self._client = client

    def contact_of(self, customer_id: str) -> Contact | None:
        """Give a customer's contact, None if there is no such customer.

        :raises Unavailable: if accounts does not answer
        """
        answer = self._client.request("GET", f"/internal/customers/{customer_id}/contact")
        if answer.status_code == 404:
            return None
        if not answer.is_success:
            raise Unavailable(f"Accounts answered {answer.status_code} to a question for a contact.")
        found = answer.json()
        return Contact(email=found["email"], first_name=found["first_name"], last_name=found["last_name"])
