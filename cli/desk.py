"""What made-up people do at the bank's doors: sign in, join, pay cash in. Every step has a fixed key or looks first."""

import time
from typing import Any

from cli.bank_client import BankClient, Surprise, told
from cli.people import DemoCustomer, email_of, password_of, registration_of

ALREADY = "accounts.already-registered"
TOKEN_SECONDS = 200.0
"""How long a token is used; it lives for 300 s."""


class Desk:
    """The bank as its made-up people use it; keeps who is signed in."""

    def __init__(self, client: BankClient, *, keys: str) -> None:
        """Speak through this client; `keys` is how every idempotency key of the run begins."""
        self.client, self.keys = client, keys
        self._tokens: dict[str, tuple[str, float]] = {}

    def token(self, name: str) -> str:
        """Give the access token of a made-up person, customer or staff.

        :raises Surprise: if the login is refused
        """
        found, since = self._tokens.get(name, ("", 0.0))
        if not found or time.monotonic() - since > TOKEN_SECONDS:
            found, since = self.client.login(email_of(name), password_of(name)), time.monotonic()
            self._tokens[name] = found, since
        return found

    def register(self, person: DemoCustomer) -> bool:
        """Register a customer; False if they were one before, by this key or another way.

        :raises Surprise: if the bank refuses
        """
        key, body = f"{self.keys}-customer-{person.name}", registration_of(person)
        answer = self.client.send("POST", "/customers", key=key, body=body)
        if answer.status_code == 409 and answer.json().get("code") == ALREADY:
            return False
        if answer.status_code not in {201, 202}:
            raise Surprise(f"registering {person.name}: {answer.status_code} {told(answer)}")
        return "idempotency-replayed" not in answer.headers

    def open_accounts(self, person: DemoCustomer) -> dict[str, dict[str, Any]]:
        """Open what is missing of a customer's accounts and give them by product.

        :raises Surprise: if the bank refuses, or one does not become open in time
        """
        token = self.token(person.name)
        listed = self.client.call("GET", "/accounts", 200, token=token)["items"]
        mine = {account["product"]: account for account in listed}
        for wanted in person.accounts:
            if wanted.product not in mine:
                body = {"product": wanted.product, "nickname": wanted.nickname}
                key = f"{self.keys}-account-{person.name}-{wanted.product}"
                mine[wanted.product] = self.client.call("POST", "/accounts", 201, 202, token=token, key=key, body=body)
            mine[wanted.product] = self.client.wait_until_open(mine[wanted.product]["id"], token)
        return mine

    def pay_in(self, account: dict[str, Any], amount_minor: int, description: str, *, key: str) -> None:
        """Let tess take cash for an account, in minor units of EUR.

        :raises Surprise: if the bank refuses
        """
        body = {
            "account_id": account["id"],
            "amount_minor": amount_minor,
            "currency": "EUR",
            "description": description,
        }
        self.client.call("POST", "/deposits", 201, token=self.token("tess"), key=f"{self.keys}-{key}", body=body)
