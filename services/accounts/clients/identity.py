"""What accounts asks of identity: the login of a customer."""

from collections.abc import Sequence

from services.accounts.domain.customer import AlreadyRegistered, BadEmail, PasswordRefused
from shared.clients.http import ServiceClient
from shared.errors import Fault, Invalid


class LoginFailed(Fault):
    """Identity answered what we do not understand."""


class IdentityClient:
    """Identity, as accounts sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `identity`."""
        self._client = client

    def make_login(
        self, *, customer_id: str, email: str, password: str, branch_id: str, names: Sequence[str] = ()
    ) -> str:
        """Make the login of a customer, or find the one made before; gives the user's id.

        :raises Unavailable: if identity does not answer
        :raises PasswordRefused, BadEmail: if identity takes the password or the address for no good one
        :raises AlreadyRegistered: if the e-mail address is another person's login
        """
        path = f"/internal/users/for-customer/{customer_id}"
        body = {"email": email, "password": password, "branch_id": branch_id, "names": list(names)}
        answer = self._client.request("PUT", path, json=body)
        if answer.status_code == 409:
            raise AlreadyRegistered
        if answer.status_code == 422:
            raise _refusal(answer.json())
        if not answer.is_success:
            raise LoginFailed(f"Identity answered {answer.status_code} to a new login.")
        return str(answer.json()["user_id"])

    def tell_known(self, *, email: str, password: str, names: Sequence[str]) -> None:
        """Have the owner of an address told, by mail, that somebody registered with what is known already.

        :raises Unavailable: if identity does not answer
        :raises PasswordRefused, BadEmail: as `make_login`, so that both ways refuse the same
        """
        body = {"email": email, "password": password, "names": list(names)}
        answer = self._client.request("POST", "/internal/users/already-registered", json=body)
        if answer.status_code == 422:
            raise _refusal(answer.json())
        if not answer.is_success:
            raise LoginFailed(f"Identity answered {answer.status_code} to a repeated registration.")

    def find_login(self, *, customer_id: str) -> str | None:
        """Give the user's id of a customer's login, None if there is none.

        :raises Unavailable: if identity does not answer
        """
        return self._read(customer_id, "user_id")

    def read_email(self, *, customer_id: str) -> str | None:
        """Give the e-mail address that a customer signs in with, None if there is no login.

        :raises Unavailable: if identity does not answer
        """
        return self._read(customer_id, "email")

    def _read(self, customer_id: str, member: str) -> str | None:
        answer = self._client.request("GET", f"/internal/users/for-customer/{customer_id}")
        if answer.status_code == 404:
            return None
        if not answer.is_success:
            raise LoginFailed(f"Identity answered {answer.status_code} to a question for a login.")
        return str(answer.json()[member])


def _refusal(problem: dict[str, object]) -> Invalid:
    """Say in our words what identity refused; its problem repeats no value."""
    if problem.get("code") == "identity.invalid-email":
        return BadEmail()
    return PasswordRefused(str(problem.get("detail", "")), reason=problem.get("code"))
