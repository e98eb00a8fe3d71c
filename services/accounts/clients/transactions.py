"""What accounts asks of the ledger: to keep its copy of a contract true."""

from dataclasses import dataclass, field

from services.accounts.domain.account import Contract
from shared.clients.http import ServiceClient
from shared.errors import Fault


class ContractRefused(Fault):
    """The ledger does not take a contract; the account stays as it is until it does."""


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """The ledger holds a contract (`paid_out_minor`: what it paid out with it), or said no with a code and numbers."""

    refused: str | None = None
    numbers: dict[str, object] = field(default_factory=dict)
    paid_out_minor: int = 0


_OWN_MEMBERS = frozenset({"type", "title", "status", "code", "detail", "request_id", "next_step"})


class LedgerClient:
    """The ledger, as accounts sees it."""

    def __init__(self, client: ServiceClient) -> None:
        """Speak through a client of `transactions`."""
        self._client = client

    def put_contract(self, contract: Contract) -> LedgerAnswer:
        """Make the ledger book by this contract from now on; a lower version than it has changes nothing there.

        A contract that books (an opening deposit, a closing payout) has a key, so that a repeat books nothing again.

        :raises Unavailable: if the ledger does not answer
        :raises ContractRefused: if it answers what is no refusal of its own
        """
        path = f"/internal/ledger-accounts/{contract.account_id}"
        by = contract.opening.by if contract.opening else None
        answer = self._client.request("PUT", path, json=contract.to_ledger(), idempotency_key=contract.once, act=by)
        body = answer.json()
        if answer.is_success:
            return LedgerAnswer(paid_out_minor=int(body.get("paid_out_minor", 0)))
        code = str(body.get("code", ""))
        if answer.status_code not in (404, 409) or not code.startswith("transactions."):
            raise ContractRefused(f"The ledger answered {answer.status_code} to a contract.")
        return LedgerAnswer(code, {name: value for name, value in body.items() if name not in _OWN_MEMBERS})
