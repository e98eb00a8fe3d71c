"""What notifications asks of identity: where to write to somebody who works for the bank. Used and forgotten."""

from services.notifications.clients.accounts import Contact
from shared.clients.http import ServiceClient
from shared.errors import Unavailable


class Identity:
    """Identity, as notifications sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `identity`."""
        self._client = client

    def contact_of(self, user_id: str) -> Contact | None:
        """Give the address of a login, None if there is none or it may not sign in any more. It has no name.

        :raises Unavailable: if identity does not answer
        """
        answer = self._client.request("GET", f"/internal/users/{user_id}")
        if answer.status_code == 404:
            return None
        if not answer.is_success:
            raise Unavailable(f"Identity answered {answer.status_code} to a question for an address.")
        found = answer.json()
        return Contact(email=found["email"], first_name="", last_name="") if found["status"] == "active" else None
