"""Give the demo people a year behind them (`strongroom seed --history`): the clock is moved on month by month.

It is no part of the first start, which is to be quick, and since it moves the bank's clock a year ahead for good. What
was cut off goes on where it was: each movement has a fixed key, and the first day is written down.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cli.bank_client import BankClient, Surprise
from cli.clock import advance
from cli.data_folder import DataFolder
from cli.people import CUSTOMERS, email_of, password_of
from cli.records import write_whole

YEAR_DAYS = 365
MONTH_DAYS = 30
_SALARIES = {"ada": 412_000, "ben": 268_500, "cleo": 305_000, "dan": 61_000}
_ORDERS = (
    ("ada", "ben", 9_900, "Bread for the week", "weekly"),
    ("ben", "ada", 85_000, "Rent", "monthly"),
    ("dan", "ada", 42_000, "Room", "monthly"),
    ("cleo", "dan", 12_500, "Lessons", "weekly"),
)
_MOVES = (
    ("ada", "cleo", 4_500, "Tickets"),
    ("ben", "dan", 7_250, "Help in the shop"),
    ("cleo", "ada", 1_980, "Taxi"),
    ("dan", "ben", 640, "Breakfast"),
)


class History:
    """One run of the history: who is signed in, and which accounts there are."""

    def __init__(self, client: BankClient, folder: DataFolder) -> None:
        """Begin with nothing known."""
        self._client, self._folder = client, folder
        self._accounts: dict[str, list[dict[str, Any]]] = {}

    def play(self, show: Callable[[str, int, int], None], *, days: int = YEAR_DAYS) -> str:
        """Play the days that are still to go and give the business date at the end.

        :raises Surprise: at the first answer that is not expected
        """
        first = self._first_day()
        self._read_accounts()
        self._place_orders(first)
        while (gone := (self._today() - first).days) < days:
            self._movements(gone // MONTH_DAYS)
            ahead = min(MONTH_DAYS - gone % MONTH_DAYS, days - gone)
            advance(self._client, ahead, lambda name, done, _total, gone=gone: show(name, gone + done, days))  # type: ignore[misc]
        return self._today().isoformat()

    def _token(self, name: str) -> str:
        return self._client.login(email_of(name), password_of(name))

    def _today(self) -> date:
        answer = self._client.call("GET", "/business-date", 200, token=self._token("alma"))
        return date.fromisoformat(answer["business_date"])

    def _first_day(self) -> date:
        if self._folder.history.exists():
            return date.fromisoformat(json.loads(self._folder.history.read_text())["from"])
        first = self._today()
        write_whole(self._folder.history, json.dumps({"from": first.isoformat()}))
        return first

    def _read_accounts(self) -> None:
        for person in CUSTOMERS:
            listed = self._client.call("GET", "/accounts", 200, token=self._token(person.name))["items"]
            by_product = {account["product"]: account for account in listed if account["status"] == "open"}
            mine = [by_product[wanted.product] for wanted in person.accounts if wanted.product in by_product]
            if not mine:
                raise Surprise(f"{person.name} has none of the demo accounts: run `strongroom seed` first")
            self._accounts[person.name] = mine

    def _place_orders(self, first: date) -> None:
        for number, (payer, payee, amount, description, rhythm) in enumerate(_ORDERS):
            body = {
                "from_account_id": self._accounts[payer][0]["id"],
                "to_account_number": self._accounts[payee][0]["account_number"],
                "amount_minor": amount,
                "currency": "EUR",
                "description": description,
                "rhythm": rhythm,
                "start_on": (first + timedelta(days=2)).isoformat(),
            }
            key = f"history-order-{number}"
            self._client.call("POST", "/standing-orders", 201, token=self._token(payer), key=key, body=body)

    def _movements(self, month: int) -> None:
        """Pay salaries in, save a tenth, and move what people move; each month a little differently."""
        desk = self._token("tess")
        for name, salary in _SALARIES.items():
            for number, account in enumerate(self._accounts[name]):
                amount = (salary if number == 0 else salary // 10) + 137 * month
                body = {"account_id": account["id"], "amount_minor": amount, "currency": "EUR",
                        "description": "Salary" if number == 0 else "Savings"}  # fmt: skip
                key = f"history-{month}-{name}-{number}"
                self._client.call("POST", "/deposits", 201, token=desk, key=key, body=body)
        for number, (payer, payee, amount, description) in enumerate(_MOVES):
            body = {"from_account_id": self._accounts[payer][0]["id"],
                    "to_account_number": self._accounts[payee][0]["account_number"],
                    "amount_minor": amount + 311 * month, "currency": "EUR", "description": description}  # fmt: skip
            key = f"history-{month}-move-{number}"
            self._client.call("POST", "/transfers", 201, token=self._token(payer), key=key, body=body)
