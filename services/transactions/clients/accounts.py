"""What the ledger asks of `accounts`: the terms of its products, and who a statement is for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.transactions.domain.terms import Rate
from shared.clients.http import ServiceClient
from shared.errors import Unavailable


def read_product_terms(content: Mapping[str, Any]) -> tuple[list[tuple[str, int, date, dict[str, Any]]], list[Rate]]:
    """Read terms and rates as `accounts` writes them, in its answer and in its snapshot alike."""
    terms = [
        (str(one["product"]), int(one["version"]), date.fromisoformat(one["effective_from"]), dict(one["terms"]))
        for one in content["products"]
    ]
    rates = [
        Rate(
            rate_id=str(one["rate_id"]),
            product=str(one["product"]),
            side="debit" if one["side"] == "debit" else "credit",
            tier_from_minor=int(one["tier_from_minor"]),
            rate_basis_points=int(one["rate_basis_points"]),
            effective_from=date.fromisoformat(one["effective_from"]),
        )
        for one in content["rates"]
    ]
    return terms, rates


class AccountsClient:
    """Asks for what the ledger keeps a copy of."""

    def __init__(self, client: ServiceClient) -> None:
        """Ask through this client."""
        self._client = client

    def product_terms(self) -> tuple[list[tuple[str, int, date, dict[str, Any]]], list[Rate]]:
        """Give all versions of all products' terms, and all rates that were not taken back.

        :raises Unavailable: if `accounts` does not give them
        """
        return read_product_terms(self._get("/internal/product-terms"))

    def holder_of(self, account_id: str) -> dict[str, Any]:
        """Give the head of an account's statement: name, address, masked phone and e-mail, type and branch.

        :raises Unavailable: if `accounts` does not give it
        """
        return self._get(f"/internal/accounts/{account_id}/holder")

    def _get(self, path: str) -> dict[str, Any]:
        answer = self._client.request("GET", path)
        if answer.status_code != 200:
            raise Unavailable(f"accounts answered {answer.status_code}.", retry_after_seconds=5)
        content: dict[str, Any] = answer.json()
        return content
