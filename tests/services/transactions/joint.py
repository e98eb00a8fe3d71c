"""A ledger with an account of ada's and ben's on which both sign, and one of cleo's."""

import json
from typing import Any

from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer

COSIGNED = "POST /internal/cosigned-transfers/{cosignature_id}"


class JointBench(LedgerBench):
    """The joint account is `a-ada` and holds 1,000."""

    def __init__(self, store: Store) -> None:
        """Open both accounts."""
        super().__init__(store)
        self.contract()
        self.open("cleo")
        self.deposit("a-ada", 1_000)

    def contract(self, **changed: Any) -> None:
        """Bring the joint account's contract, or another version of it."""
        self.open("ada", **{"owners": ["c-ada", "c-ben"], "mandate": "both", **changed})

    def asks(self, amount_minor: int = 100, **more: Any) -> dict[str, Any]:
        """Let ada order a transfer to cleo; gives what waits."""
        status, answer = self.one(TRANSFER, transfer("a-ada", "a-cleo", amount_minor), ADA, **more)
        assert status == 202, answer
        return dict(answer["cosignature"])

    def told(self, kind: str) -> list[dict[str, Any]]:
        """Give the content of the facts of a kind, the oldest first."""
        query = f"SELECT envelope FROM outbox WHERE type = 'bank.transactions.{kind}.v1' ORDER BY sequence"
        with self.store.read() as session:
            return [json.loads(row[0])["data"] for row in session.connection().exec_driver_sql(query).all()]

    def signed(self, *signers: str, amount_minor: int = 100) -> dict[str, Any]:
        """Make the body with which `accounts` brings what was signed."""
        return {
            "customer_id": "c-ada",
            "signed_by": list(signers or ("c-ada", "c-ben")),
            "from_account_id": "a-ada",
            "to_account_id": "a-cleo",
            "amount_minor": amount_minor,
            "currency": "EUR",
            "description": "rent",
        }
