"""What accounts asks of the ledger: to keep its copy of a contract true."""

from services.accounts.domain.account import Contract
from shared.clients.http import ServiceClient
from shared.errors import Fault


class ContractRefused(Fault):
    """The ledger does not take a contract; the account stays as it is until it does."""


class LedgerClient:
    """The ledger, as accounts sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `transactions`."""
        self._client = client

    def put_contract(self, contract: Contract) -> None:
        """Make the ledger book by this contract from now on; a lower version than it has changes nothing there.

        :raises Unavailable: if the ledger does not answer
        :raises ContractRefused: if it answers no
        """
        path = f"/internal/ledger-accounts/{contract.account_id}"
        answer = self._client.request("PUT", path, json=contract.to_ledger())
        if not answer.is_success:
            raise ContractRefused(f"The ledger answered {answer.status_code} to a contract.")
