"""Let a made-up town live at the running bank, by public commands only (`strongroom seed --customers`).

Customers join, one after another, so that account numbers come in the same order each time; then the clock goes on from
busy day to busy day. A payment that the balance does not allow is declined, as in life. What is booked depends on the
seed, on what the bank had booked before and on its business date, never on ids or times of the machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cli.bank_client import BankClient, Surprise
from cli.clock import advance
from cli.desk import Desk
from cli.town import Days, Payment, people_of

Show = Callable[[str, int, int], None]
DECLINED = "transactions.insufficient-funds"


@dataclass
class Tally:
    """What a run did."""

    customers: int = 0
    booked: int = 0
    declined: int = 0
    business_date: str = ""


class TownLife:
    """One run of the generator."""

    def __init__(self, client: BankClient, *, customers: int, days: int, seed: int) -> None:
        """Make the town up; nothing is sent yet."""
        self._client, self._days_in_all, self._seed = client, days, seed
        self._desk = Desk(client, keys=f"town-{seed}")
        self._people = people_of(customers=customers, seed=seed)
        self._days = Days(self._people, seed=seed)
        self._accounts: list[dict[str, dict[str, Any]]] = []
        self.tally = Tally()

    def play(self, show: Show) -> Tally:
        """Play all of it and give what was done.

        :raises Surprise: if people of this seed are customers already, or at an answer that is not expected
        """
        steps = len(self._people) + self._days_in_all
        for number, one in enumerate(self._people):
            show(f"{one.person.first_name} {one.person.last_name} joins", number, steps)
            self._join(number)
        first = day = self._today()
        self._place_rents(first)
        while True:
            self._live(day, show=lambda name: show(name, len(self._people) + (day - first).days, steps))  # noqa: B023 - called at once
            gone = (day - first).days
            if gone >= self._days_in_all:
                break
            ahead = self._until_busy(day, self._days_in_all - gone)
            advance(
                self._client,
                ahead,
                lambda name, done, _of, gone=gone: show(name, len(self._people) + gone + done, steps),  # type: ignore[misc]
            )
            day = self._today()
        self.tally.business_date = day.isoformat()
        return self.tally

    def _until_busy(self, day: date, left: int) -> int:
        for ahead in range(1, left):
            if self._days.is_busy(day + timedelta(days=ahead)):
                return ahead
        return left

    def _today(self) -> date:
        answer = self._client.call("GET", "/business-date", 200, token=self._desk.token("alma"))
        return date.fromisoformat(answer["business_date"])

    def _join(self, number: int) -> None:
        person = self._people[number].person
        if not self._desk.register(person):
            raise Surprise(f"the people of seed {self._seed} are customers of this bank already: choose another --seed")
        self._accounts.append(self._desk.open_accounts(person))
        for wanted in person.accounts:
            self._desk.pay_in(
                self._accounts[number][wanted.product],
                wanted.deposit_minor,
                "Brought from another bank",
                key=f"deposit-{person.name}-{wanted.product}",
            )
        self.tally.customers += 1
        self.tally.booked += len(person.accounts)

    def _place_rents(self, first: date) -> None:
        """Let each tenant order the rent for the third of the months to come."""
        start = (first.replace(day=1) + timedelta(days=32)).replace(day=3)
        for number, one in enumerate(self._people):
            if one.rent_minor:
                body = {
                    "from_account_id": self._accounts[number]["current"]["id"],
                    "to_account_number": self._accounts[0]["current"]["account_number"],
                    "amount_minor": one.rent_minor,
                    "currency": "EUR",
                    "description": "Rent",
                    "rhythm": "monthly",
                    "start_on": start.isoformat(),
                }
                token, key = self._desk.token(one.person.name), f"town-{self._seed}-rent-{number}"
                self._client.call("POST", "/standing-orders", 201, token=token, key=key, body=body)

    def _live(self, day: date, *, show: Callable[[str], None]) -> None:
        for number, amount, text in self._days.salaries(day):
            self._desk.pay_in(self._accounts[number]["current"], amount, text, key=f"salary-{day}-{number}")
            self.tally.booked += 1
        for number, one in enumerate(self._people):
            payments = self._days.payments(day, number)
            if payments:
                show(f"{day} {one.person.first_name} shops")
                self._pay(day, number, payments)

    def _pay(self, day: date, number: int, payments: list[Payment]) -> None:
        transfers = [
            {
                "from_account_id": self._accounts[one.payer]["current"]["id"],
                "to_account_number": self._accounts[one.payee]["savings" if one.to_savings else "current"][
                    "account_number"
                ],
                "amount_minor": one.amount_minor,
                "currency": "EUR",
                "description": one.description,
            }
            for one in payments
        ]
        token, key = self._desk.token(self._people[number].person.name), f"town-{self._seed}-{day}-{number}"
        body = {"transfers": transfers, "atomic": False}
        answer = self._client.call("POST", "/transfers/batch", 200, 201, token=token, key=key, body=body)
        for result in answer["results"]:
            if result["status"] == "booked":
                self.tally.booked += 1
            elif result["problem"]["code"] == DECLINED:
                self.tally.declined += 1
            else:
                raise Surprise(f"a payment of {day} was refused: {result['problem']['code']}")
