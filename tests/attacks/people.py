"""Who attacks, and on whom: the demo people by role, a customer, another customer, and somebody without a token."""

import threading
import time
from typing import Any

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

DEMO_PEOPLE = {
    "customer": "ada",
    "teller": "tess",
    "officer": "olu",
    "supervisor": "sam",
    "support": "sue",
    "auditor": "amir",
    "admin": "alma",
}
ROLES = (*DEMO_PEOPLE, "anonymous")
RENEWED_SECONDS = 200


def sign_in(url: str, email: str, password: str) -> str:
    """Sign somebody in at a gateway, as an API client does, and give the access token."""
    body = {"email": email, "password": password}
    answer = httpx.post(f"{url}/api/v1/auth/login", json=body, timeout=20.0, trust_env=False)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def demo_login(url: str, role: str) -> str:
    """Sign a demo person in and give the access token."""
    name = DEMO_PEOPLE[role]
    return sign_in(url, f"{name}@demo.bank", f"demo-password-{name}")


class Actor:
    """Somebody with a role: sends requests with a good token, or (anonymous) without any. Safe between threads."""

    def __init__(self, bank: Bank, role: str, email: str = "", password: str = "") -> None:
        """Be somebody; the first token is fetched when it is needed."""
        self.role, self.email, self.password = role, email, password
        self._url = bank.url
        self._http = httpx.Client(base_url=bank.url, timeout=30.0, trust_env=False)
        self._token, self._until = "", 0.0
        self._lock = threading.Lock()

    @property
    def token(self) -> str:
        """Give a token that holds."""
        with self._lock:
            if time.monotonic() > self._until:
                self._token = sign_in(self._url, self.email, self.password)
                self._until = time.monotonic() + RENEWED_SECONDS
            return self._token

    def forget_token(self) -> None:
        """Sign in anew at the next request: what was sent ended the session."""
        self._until = 0.0

    def send(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """Send a request to a path of `/api/v1`, with a key of its own; an event stream is not waited for."""
        sent = {"idempotency-key": new_id(), **(headers or {})}
        if self.role != "anonymous":
            sent.setdefault("authorization", f"Bearer {self.token}")
        with self._http.stream(method, path, headers=sent, **more) as answer:
            if not answer.headers.get("content-type", "").startswith("text/event-stream"):
                answer.read()
        return answer

    def asks(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request that must succeed and give what came back."""
        answer = self.send(method, path, json=body) if body is not None else self.send(method, path)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def close(self) -> None:
        """Hang up."""
        self._http.close()


class People:
    """The eight roles, two customers who know nothing of each other, and whoever signs them up."""

    def __init__(self, bank: Bank) -> None:
        """Sign up two customers with money; nobody else is new."""
        self.bank = bank
        self.customer = bank.new_customer(deposit_minor=1_000_000)
        self.stranger = bank.new_customer(deposit_minor=1_000_000)
        self.by_role = {"customer": self._actor_of(self.customer), "anonymous": Actor(bank, "anonymous")}
        for role, name in DEMO_PEOPLE.items():
            if role != "customer":
                self.by_role[role] = Actor(bank, role, f"{name}@demo.bank", f"demo-password-{name}")
        self.other = self._actor_of(self.stranger)

    def _actor_of(self, customer: BankCustomer) -> Actor:
        return Actor(self.bank, "customer", customer.email, customer.password)

    def customer_of(self, actor: Actor) -> BankCustomer:
        """Give the customer whom an actor stands for: the stranger, or the one whose things staff handle."""
        return self.stranger if actor is self.other else self.customer

    def close(self) -> None:
        """Hang up."""
        for actor in (*self.by_role.values(), self.other):
            actor.close()
