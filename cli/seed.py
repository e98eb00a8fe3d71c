"""Make the demo people, their accounts and today's movements through the public API (`strongroom seed`).

Every step carries a fixed idempotency key or looks first, so an interrupted run is simply run again.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from cli.bank_client import BankClient
from cli.data_folder import DataFolder
from cli.desk import Desk
from cli.people import CUSTOMERS, STAFF, TRANSFERS, DemoCustomer, DemoTransfer
from cli.records import write_whole

Advance = Callable[[str, int, int], None]


class Seeding:
    """One run of the seed: the accounts it has seen so far."""

    def __init__(self, client: BankClient) -> None:
        """Begin with nothing known."""
        self._client, self._desk = client, Desk(client, keys="seed")
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

    def _join(self, person: DemoCustomer) -> None:
        """Register a customer, then open what is missing of the accounts."""
        self._desk.register(person)
        self._accounts[person.name] = self._desk.open_accounts(person)

    def _pay_in(self, person: DemoCustomer) -> None:
        for wanted in person.accounts:
            account, key = self._accounts[person.name][wanted.product], f"deposit-{person.name}-{wanted.product}"
            self._desk.pay_in(account, wanted.deposit_minor, "Cash at the counter", key=key)

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
        token = self._desk.token(move.payer)
        self._client.call("POST", "/transfers", 201, token=token, key=f"seed-transfer-{number}", body=body)

    def _raise_ticket(self) -> None:
        body = {
            "type": "general",
            "subject": "How do I read my savings interest?",
            "description": "I would like to know when the interest on my savings account is paid.",
        }
        self._client.call("POST", "/tickets", 201, token=self._desk.token("cleo"), key="seed-ticket-1", body=body)

    def _announce(self) -> None:
        body = {
            "title": "Welcome to Strongroom",
            "message": "This is the sandbox: every person and every cent in it is made up.",
            "audience": "all",
        }
        token = self._desk.token("alma")
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
