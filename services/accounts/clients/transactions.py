"""What accounts asks of the ledger: to keep its copy of a contract true, and to book what all owners signed."""

from dataclasses import asdict, dataclass, field

from services.accounts.domain.account import Contract
from shared.clients.http import ServiceClient
from shared.errors import Fault


class ContractRefused(Fault):
    """The ledger does not take a contract, or an order; what it was asked for stays as it is until it does."""


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """The ledger holds a contract (`paid_out_minor`: what it paid out with it), or said no with a code and numbers."""

    refused: str | None = None
    numbers: dict[str, object] = field(default_factory=dict)
    paid_out_minor: int = 0


@dataclass(frozen=True, slots=True)
class CosignedPayment:
    """A transfer that all owners signed; `made_by` is the login of the customer who ordered it."""

    id: str
    made_by: str
    customer_id: str
    signed_by: list[str]
    from_account_id: str
    to_account_id: str
    amount_minor: int
    currency: str
    description: str


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
        code = _refusal(answer.status_code, body, "contract")
        return LedgerAnswer(code, {name: value for name, value in body.items() if name not in _OWN_MEMBERS})

    def book_cosigned(self, payment: CosignedPayment) -> str | None:
        """Book a payment once, however often this is asked; None when it is booked, else the code of the refusal.

        :raises Unavailable: if the ledger does not answer
        :raises ContractRefused: if it answers what is no refusal of its own
        """
        order = asdict(payment)
        key, by = order.pop("id"), order.pop("made_by")
        path = f"/internal/cosigned-transfers/{key}"
        answer = self._client.request("POST", path, json=order, idempotency_key=key, act=by)
        return None if answer.is_success else _refusal(answer.status_code, answer.json(), "signed payment")


def _refusal(status: int, body: dict[str, object], what: str) -> str:
    code = str(body.get("code", ""))
    if status not in (404, 409) or not code.startswith("transactions."):
        raise ContractRefused(f"The ledger answered {status} to a {what}.")
    return code
