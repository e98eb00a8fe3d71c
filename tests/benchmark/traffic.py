"""What is sent: requests with a key of their own, the token of one of many users, a random payer and payee.

Standard library only, and as much as possible is put together before the clock runs.
"""

import json
import random
from typing import Any, TypedDict


class TrafficPlan(TypedDict):
    """What the requests are made of; `hot` names the one account that every transfer touches, if any."""

    host: str
    path: str
    run: str
    seed: int
    per_request: int
    hot: str | None
    users: list[dict[str, Any]]
    """Each with `token` and `accounts`."""


class Traffic:
    """Makes transfers: uniform over all accounts, or each with one hot account on one of its sides."""

    def __init__(self, plan: TrafficPlan) -> None:
        """Lay out the parts of the requests."""
        self._random = random.Random(plan["seed"])
        self._run = plan["run"].encode()
        self._per_request = plan["per_request"]
        self._users = [(self._head(plan, user["token"]), user["accounts"]) for user in plan["users"]]
        self._accounts = [account for user in plan["users"] for account in user["accounts"]]
        self._hot = plan["hot"]
        self._hot_user = next((index for index, user in enumerate(self._users) if self._hot in user[1]), None)

    @staticmethod
    def _head(plan: TrafficPlan, token: str) -> bytes:
        lines = (
            f"POST {plan['path']} HTTP/1.1",
            f"host: {plan['host']}",
            "content-type: application/json",
            f"authorization: Bearer {token}",
            "idempotency-key: ",
        )
        return "\r\n".join(lines).encode()

    def request(self, number: int) -> bytes:
        """Give the request with a number; its key is the run's name with it."""
        head, owned = self._users[self._user(number)]
        if self._per_request == 1:
            body = self._transfer(number, owned)
        else:
            transfers = b",".join([self._transfer(number, owned) for _ in range(self._per_request)])
            body = b'{"atomic":false,"transfers":[%b]}' % transfers
        return b"%b%b-%d\r\ncontent-length: %d\r\n\r\n%b" % (head, self._run, number, len(body), body)

    def transfer(self, number: int) -> tuple[int, bytes]:
        """Give one transfer without a request around it: who orders it (an index of `users`) and its body."""
        user = self._user(number)
        return user, self._transfer(number, self._users[user][1])

    def _user(self, number: int) -> int:
        if self._hot_user is not None and number % 2:
            return self._hot_user
        return int(self._random.random() * len(self._users))

    def _transfer(self, number: int, owned: list[str]) -> bytes:
        payer, payee = self._pair(number, owned)
        while payer == payee:
            payer, payee = self._pair(number, owned)
        text = '{"from_account_id":"%s","to_account_id":"%s","amount_minor":%d,"currency":"EUR"}'
        return (text % (payer, payee, 1 + int(self._random.random() * 9))).encode()

    def _pair(self, number: int, owned: list[str]) -> tuple[str, str]:
        """Choose payer and payee; the hot account pays every second time and is paid the other times."""
        if self._hot is None:
            return self._one(owned), self._one(self._accounts)
        return (self._hot, self._one(self._accounts)) if number % 2 else (self._one(owned), self._hot)

    def _one(self, accounts: list[str]) -> str:
        return accounts[int(self._random.random() * len(accounts))]

    def acknowledged_ids(self, bodies: list[bytes]) -> list[str]:
        """Give the ids of the transactions that answers acknowledge; an item of a batch that was refused has none."""
        answers = map(json.loads, bodies)
        if self._per_request == 1:
            return [answer["id"] for answer in answers]
        return [
            item["transaction"]["id"] for answer in answers for item in answer["results"] if item["status"] == "booked"
        ]
