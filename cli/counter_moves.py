"""Make movements for one customer at the teller's counter (`strongroom seed-transactions`).

Cash in, cash out and transfers to other accounts of the bank, all booked today, all by public commands. The same seed
on the same ledger makes the same movements; a second run makes more, since each run has keys of its own.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from cli.bank_client import BankClient, Surprise
from cli.desk import Desk
from cli.people import EMAIL_DOMAIN
from shared.ids import new_id

Show = Callable[[str, int, int], None]
TEXTS_IN: tuple[str, ...] = ("Cash from the till", "Sold the old bicycle", "Birthday money", "Tips of the week")
TEXTS_OUT = ("Cash", "Cash for the market", "Pocket money", "Cash for the journey")
TEXTS_OVER = ("Groceries", "Chemist", "Concert tickets", "Flowers", "Repair of the heating", "Petrol", "Dinner")


class CounterMoves:
    """One run for one customer."""

    def __init__(self, client: BankClient, *, customer: str, count: int, seed: int) -> None:
        """Take a customer's id, e-mail address or, of a made-up person, name; nothing is sent yet."""
        self._client, self._customer, self._count = client, customer, count
        self._chance = Random(f"moves-{seed}")  # noqa: S311 - made-up movements, not secrets
        self._desk = Desk(client, keys=f"moves-{new_id()}")

    def play(self, show: Show) -> int:
        """Book the movements and give how many accounts they touched.

        :raises Surprise: if there is no such customer, no open account in EUR, or an answer is not expected
        """
        mine, others = self._accounts(self._customer_id())
        left = {account["id"]: self._available(account) for account in mine}
        for done in range(self._count):
            show("movements", done, self._count)
            account = mine[self._chance.randrange(len(mine))]
            left[account["id"]] += self._move(account, left[account["id"]], others, key=f"{self._desk.keys}-{done}")
        return len(mine)

    def _move(self, account: dict[str, Any], available: int, others: list[str], *, key: str) -> int:
        """Book one movement and give by how much it changed what is available, in minor units."""
        kind, amount = self._chance.randrange(100), self._chance.randrange(100, 20_000)
        body: dict[str, object] = {"amount_minor": amount, "currency": "EUR"}
        comes_in = kind < 35 or amount > available
        if comes_in or kind < 60 or not others:
            path, texts = ("/deposits", TEXTS_IN) if comes_in else ("/withdrawals", TEXTS_OUT)
            body["account_id"] = account["id"]
        else:
            path, texts = "/transfers", TEXTS_OVER
            body["from_account_id"], body["to_account_number"] = account["id"], self._chance.choice(others)
        body["description"] = self._chance.choice(texts)
        self._client.call("POST", path, 201, token=self._desk.token("tess"), key=key, body=body)
        return amount if comes_in else -amount

    def _customer_id(self) -> str:
        if "@" not in self._customer and len(self._customer) >= 32:
            return self._customer
        email = self._customer if "@" in self._customer else f"{self._customer}@{EMAIL_DOMAIN}"
        token = self._desk.token("tess")
        found = self._client.call("POST", "/customers/search", 200, token=token, body={"email": email})["items"]
        if len(found) != 1:
            raise Surprise(f"there is no customer {self._customer!r}: give an id, an e-mail address, or ada, ben …")
        return str(found[0]["id"])

    def _accounts(self, customer_id: str) -> tuple[list[dict[str, Any]], list[str]]:
        """Give the customer's open accounts in EUR and the numbers of up to 200 others, by number."""
        token = self._desk.token("tess")
        listed = self._client.call("GET", "/accounts", 200, token=token, params={"limit": "200"})["items"]
        own = self._client.call(
            "GET", "/accounts", 200, token=token, params={"customer_id": customer_id, "limit": "200"}
        )["items"]
        usable = sorted(
            (one for one in own if one["status"] == "open" and one["currency"] == "EUR"),
            key=lambda one: str(one["account_number"]),
        )
        if not usable:
            raise Surprise(f"customer {self._customer!r} has no open account in EUR")
        ids = {one["id"] for one in own}
        others = [
            one for one in listed if one["id"] not in ids and one["status"] == "open" and one["currency"] == "EUR"
        ]
        return usable, sorted(str(one["account_number"]) for one in others)

    def _available(self, account: dict[str, Any]) -> int:
        balance = self._client.call("GET", f"/balances/{account['id']}", 200, token=self._desk.token("tess"))
        return int(balance["available_minor"])
