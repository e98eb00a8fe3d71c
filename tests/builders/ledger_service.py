"""The service `accounts` as the ledger sees it: contracts put straight into the ledger of a test's bank."""

import secrets
from typing import Any

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


class ContractDesk:
    """Opens and changes ledger accounts with a real service token; versions are counted here."""

    def __init__(self, bank: Bank) -> None:
        """Fetch the token with the secret of the bank's data folder."""
        lines = (bank.folder.path / "secrets" / "bank.env").read_text().splitlines()
        named = dict(line.partition("=")[::2] for line in lines if "=" in line)
        body = {
            "client_id": "accounts",
            "client_secret": named["ACCOUNTS_CLIENT_SECRET"].strip("'\""),
            "audience": "transactions",
        }
        answer = httpx.post(f"{bank.url_of('identity')}/internal/service-tokens", json=body, trust_env=False)
        assert answer.status_code < 300, answer.text
        headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
        self._http = httpx.Client(base_url=bank.url_of("transactions"), headers=headers, timeout=20, trust_env=False)
        self._contracts: dict[str, dict[str, Any]] = {}

    def open(self, owner: BankCustomer, **changed: Any) -> str:
        """Open an account for a customer and give its id."""
        account_id = new_id()
        self._contracts[account_id] = {
            "version": 0,
            "account_number": f"DE{secrets.randbelow(10**18):020}",
            "owners": [owner.customer_id],
            "holder_name": "Toni Tester",
            "product": "everyday",
            "currency": "EUR",
            "branch_id": "main",
            "customer_may_deposit": True,
            "limits": {"kyc_level": 2},
        }
        assert self.change(account_id, **changed).status_code == 200
        return account_id

    def change(self, account_id: str, **changed: Any) -> httpx.Response:
        """Put the contract's next version and give the answer as it is."""
        contract = self._contracts[account_id]
        contract.update(changed, version=contract["version"] + 1)
        return self._http.put(f"/internal/ledger-accounts/{account_id}", json=contract)

    def close(self) -> None:
        """End the connection."""
        self._http.close()
