"""Make the demo people, their accounts and today's movements through the public API (`strongroom seed`).

Every step carries a fixed idempotency key or looks first, so an interrupted run is simply run again.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from cli.bank_client import BankClient, Surprise, told
from cli.data_folder import DataFolder
from cli.people import CUSTOMERS, STAFF, TRANSFERS, DemoCustomer, DemoTransfer, email_of, password_of, registration_of
from cli.records import write_whole

Advance = Callable[[str, int, int], None]
ALREADY = "accounts.already-registered"


class Seeding:
    """One run of the seed: the tokens and accounts it has seen so far."""

    def __init__(self, client: BankClient) -> None:
        """Begin with nothing known."""
        self._client = client
        self._tokens: dict[str, str] = {}
        self._accounts: dict[str, dict[str, dict[str, Any]]] = {}

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Give every step with its name, in order."""
        found: list[tuple[str, Callable[[], None]]] = []
        for person in CUSTOMERS:
            found.append((f"{person.name} becomes a customer", partial(self._join, person)))
            found.append((f"tess takes {person.name}'s cash", partial(self._pay_in, person)))
        found += [
            (f"{move.payer} pays {move.payee}", partial(self._pay, number, move))
            for number, move in enumerate(TRANSFERS, start=1)
        ]
        found.append(("cleo asks the support desk", self._raise_ticket))
        found.append(("alma greets everybody", self._announce))
        return found

    def _token(self, name: str) -> str:
        if name not in self._tokens:
            self._tokens[name] = self._client.login(email_of(name), password_of(name))
        return self._tokens[name]

    def _join(self, person: DemoCustomer) -> None:
        """Register a customer, then open what is missing of the accounts."""
        answer = self._client.send(
            "POST", "/customers", key=f"seed-customer-{person.name}", body=registration_of(person)
        )
        known = answer.status_code == 409 and answer.json().get("code") == ALREADY
        if answer.status_code not in {201, 202} and not known:
            raise Surprise(f"registering {person.name}: {answer.status_code} {told(answer)}")
        token = self._token(person.name)
        listed = self._client.call("GET", "/accounts", 200, token=token)["items"]
        mine = {account["product"]: account for account in listed}
        for wanted in person.accounts:
            if wanted.product not in mine:
                body = {"product": wanted.product, "nickname": wanted.nickname}
                key = f"seed-account-{person.name}-{wanted.product}"
                mine[wanted.product] = self._client.call("POST", "/accounts", 201, 202, token=token, key=key, body=body)
            mine[wanted.product] = self._client.wait_until_open(mine[wanted.product]["id"], token)
        self._accounts[person.name] = mine

    def _pay_in(self, person: DemoCustomer) -> None:
        for wanted in person.accounts:
            body = {
                "account_id": self._accounts[person.name][wanted.product]["id"],
                "amount_minor": wanted.deposit_minor,
                "currency": "EUR",
                "description": "Cash at the counter",
            }
            key = f"seed-deposit-{person.name}-{wanted.product}"
            self._client.call("POST", "/deposits", 201, token=self._token("tess"), key=key, body=body)

    def _first_account(self, name: str) -> dict[str, Any]:
        person = next(person for person in CUSTOMERS if person.name == name)
        return self._accounts[name][person.accounts[0].product]

    def _pay(self, number: int, move: DemoTransfer) -> None:
        body = {
            "from_account_id": self._first_account(move.payer)["id"],
            "to_account_number": self._first_account(move.payee)["account_number"],
            "amount_minor": move.amount_minor,
            "currency": "EUR",
            "description": move.description,
        }
        token = self._token(move.payer)
        self._client.call("POST", "/transfers", 201, token=token, key=f"seed-transfer-{number}", body=body)

    def _raise_ticket(self) -> None:
        body = {
            "type": "general",
            "subject": "How do I read my savings interest?",
            "description": "I would like to know when the interest on my savings account is paid.",
        }
        self._client.call("POST", "/tickets", 201, token=self._token("cleo"), key="seed-ticket-1", body=body)

    def _announce(self) -> None:
        body = {
            "title": "Welcome to Strongroom",
            "message": "This is the sandbox: every person and every cent in it is made up.",
            "audience": "all",
        }
        token = self._token("alma")
        self._client.call("POST", "/announcements", 201, token=token, key="seed-announcement-1", body=body)


def seed(client: BankClient, folder: DataFolder, advance: Advance = lambda _name, _done, _total: None) -> None:
    """Make all demo data and write down at the end that it is there; `advance` hears of every step.

    :raises Surprise: at the first answer that is not expected
    """
    steps = Seeding(client).steps()
    for done, (name, do) in enumerate(steps):
        advance(name, done, len(steps))
        do()
    write_whole(folder.seeded, json.dumps({"customers": [person.name for person in CUSTOMERS], "staff": list(STAFF)}))
