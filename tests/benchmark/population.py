"""The people of the benchmark: customers who registered and log in like any other, and 10,000 accounts with money.

Registering 10,000 accounts one by one through `accounts` would take minutes and says nothing about the ledger. So
each customer opens one account through the public API, and the contracts of the others are handed to the ledger as
`accounts` does it, with its service token. The money on every account is a deposit of its owner through the gateway.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli.bank_secrets import ensure_secrets
from services.accounts.domain.iban import account_number_of
from shared.ids import new_id
from tests.benchmark.connections import ask_all
from tests.builders.bank import Bank

PASSWORD = "Vault-of-the-benchmark-1"
DEPOSIT_MINOR = 100_000
FIRST_COUNTER = 5_000_000_000
"""The contracts' account numbers come from the far end of the bank's range: its own counter never gets there."""

Advance = Callable[[str, int, int], None]


class SetUpFailed(Exception):
    """The people or the accounts could not be made."""


@dataclass(slots=True)
class Person:
    """A customer with a session and some accounts."""

    email: str
    customer_id: str = ""
    token: str = ""
    refresh_token: str = ""
    accounts: list[str] = field(default_factory=list)


def request_bytes(method: str, path: str, body: dict[str, Any], *, token: str = "", key: str = "") -> bytes:
    """Write one HTTP request."""
    content = json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "host: localhost", "content-type: application/json"]
    lines += [f"authorization: Bearer {token}"] if token else []
    lines += [f"idempotency-key: {key}"] if key else []
    lines.append(f"content-length: {len(content)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


class Population:
    """Makes the people of one bank."""

    def __init__(self, bank: Bank, *, people: int, accounts: int, advance: Advance) -> None:
        """Nobody is there yet."""
        self._bank = bank
        self._advance = advance
        self._accounts = accounts
        self.people = [Person(f"bench-{number}-{new_id()}@demo.bank") for number in range(people)]
        self.seconds: dict[str, float] = {}
        self.logged_in_at = 0.0

    def settle(self) -> None:
        """Register, log in, hand contracts over, pay in; how long each took is in `seconds`.

        :raises SetUpFailed: at the first answer that is not what it must be
        """
        self._timed("register", self._register)
        self._timed("log in", self._log_in)
        self._timed("contracts", self._hand_over)
        self._timed("deposits", self._pay_in)

    def _timed(self, name: str, step: Callable[[], None]) -> None:
        began = time.monotonic()
        step()
        self.seconds[name] = round(time.monotonic() - began, 1)

    def _ask(
        self, what: str, port: str, requests: Sequence[bytes], statuses: set[int], *, connections: int
    ) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = [{}] * len(requests)
        done = 0

        def take(number: int, status: int, body: bytes) -> None:
            nonlocal done
            if status not in statuses:
                raise SetUpFailed(f"{what}: {status} {body.decode(errors='replace')[:400]}")
            answers[number] = json.loads(body)
            done += 1
            if done % 50 == 0:
                self._advance(what, done, len(requests))

        address = ("127.0.0.1", self._bank.ports[port])
        ask_all(address, list(requests), connections=connections, on_answer=take)
        return answers

    def _register(self) -> None:
        requests = [
            request_bytes("POST", "/api/v1/customers", _registration(person.email, number), key=new_id())
            for number, person in enumerate(self.people)
        ]
        for person, answer in zip(
            self.people, self._ask("register", "gateway", requests, {201}, connections=8), strict=True
        ):
            person.customer_id = answer["customer"]["id"]
            person.accounts = [answer["account"]["id"]]

    def _log_in(self) -> None:
        self._take_tokens("log in", "/api/v1/auth/login", lambda p: {"email": p.email, "password": PASSWORD})

    def refresh(self) -> None:
        """Go on with every session, so that all tokens are young."""
        self._take_tokens("refresh", "/api/v1/auth/refresh", lambda p: {"refresh_token": p.refresh_token})

    def _take_tokens(self, what: str, path: str, body: Callable[[Person], dict[str, Any]]) -> None:
        requests = [request_bytes("POST", path, body(person)) for person in self.people]
        for person, answer in zip(self.people, self._ask(what, "gateway", requests, {200}, connections=4), strict=True):
            person.token, person.refresh_token = answer["access_token"], answer["refresh_token"]
        self.logged_in_at = time.monotonic()

    def _hand_over(self) -> None:
        token = self._service_token()
        requests = []
        for number in range(len(self.people), self._accounts):
            person, account_id = self.people[number % len(self.people)], new_id()
            person.accounts.append(account_id)
            contract = _contract(person, number_of=account_number_of(counter=FIRST_COUNTER + number))
            requests.append(request_bytes("PUT", f"/internal/ledger-accounts/{account_id}", contract, token=token))
        self._ask("contracts", "transactions", requests, {200}, connections=64)

    def _service_token(self) -> str:
        secret = ensure_secrets(self._bank.folder.secrets)["ACCOUNTS_CLIENT_SECRET"]
        asked = {"client_id": "accounts", "client_secret": secret, "audience": "transactions"}
        request = request_bytes("POST", "/internal/service-tokens", asked)
        return str(self._ask("service token", "identity", [request], {200}, connections=1)[0]["access_token"])

    def _pay_in(self) -> None:
        requests = [
            request_bytes(
                "POST",
                "/api/v1/deposits",
                {"account_id": account, "amount_minor": DEPOSIT_MINOR, "currency": "EUR"},
                token=person.token,
                key=new_id(),
            )
            for person in self.people
            for account in person.accounts
        ]
        self._ask("deposits", "gateway", requests, {201}, connections=64)


def _registration(email: str, number: int) -> dict[str, Any]:
    return {
        "email": email,
        "password": PASSWORD,
        "first_name": "Bente",
        "last_name": "Bench",
        "phone": f"+49151{10_000_000 + number}",
        "date_of_birth": "1990-05-17",
        "address": {
            "street": "Probeweg 1",
            "city": "Berlin",
            "state": "Berlin",
            "postal_code": "10115",
            "country": "DE",
        },
        "account": {"product": "everyday"},
    }


def _contract(person: Person, *, number_of: str) -> dict[str, Any]:
    return {
        "version": 1,
        "account_number": number_of,
        "owners": [person.customer_id],
        "holder_name": "Bente Bench",
        "product": "everyday",
        "currency": "EUR",
        "branch_id": "main",
        "customer_may_deposit": True,
        "limits": {"kyc_level": 2},
    }
