"""Identity and the ledger as accounts meets them: a small HTTP app that keeps what it was given.

Answers as their internal routes do (logins by customer, contracts by version) and can be down. It is reached over the
real `ServiceClient`, so tokens, retries and problem bodies are the real ones.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource

MIN_PASSWORD_LENGTH = 15


@dataclass
class Neighbours:
    """What the two services hold, and whether they answer."""

    down: set[str] = field(default_factory=set)
    lost_answers: set[str] = field(default_factory=set)
    """Services that act and then do not answer."""
    logins: dict[str, dict[str, Any]] = field(default_factory=dict)
    contracts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen_passwords: int = 0
    newest_password: str = ""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        parts = request.url.path.strip("/").split("/")
        if parts == ["internal", "service-tokens"]:
            return httpx.Response(200, json={"access_token": "t", "expires_in": 300})
        service = "identity" if parts[1] == "users" else "transactions"
        if service in self.down:
            raise httpx.ConnectError("down")
        body = json.loads(request.content) if request.content else {}
        answer = self._login(request.method, parts[-1], body) if service == "identity" else self._hold(parts[-1], body)
        if service in self.lost_answers:
            raise httpx.ReadTimeout("lost")
        return answer

    def _login(self, method: str, customer_id: str, body: dict[str, Any]) -> httpx.Response:
        known = self.logins.get(customer_id)
        if method == "GET":
            return httpx.Response(200, json=known) if known else self._problem(404, "identity.user-not-found")
        if len(body["password"]) < MIN_PASSWORD_LENGTH:
            return self._problem(422, "identity.password-too-short")
        if known is None and any(one["email"] == body["email"] for one in self.logins.values()):
            return self._problem(409, "identity.email-taken")
        self.seen_passwords += 1
        known = known or {"user_id": f"user-of-{customer_id}", "email": body["email"]}
        self.logins[customer_id] = known
        self.newest_password = body["password"]
        return httpx.Response(201, json=known)

    def _hold(self, account_id: str, body: dict[str, Any]) -> httpx.Response:
        held = self.contracts.get(account_id)
        if held is None or held["version"] < body["version"]:
            self.contracts[account_id] = body
        return httpx.Response(200, json=self.contracts[account_id])

    @staticmethod
    def _problem(status: int, code: str) -> httpx.Response:
        return httpx.Response(status, json={"status": status, "code": code, "detail": "Refused."})


def clients_of(neighbours: Neighbours, settings: AccountsSettings) -> tuple[IdentityClient, LedgerClient]:
    """Give real clients that reach the neighbours."""
    transport = httpx.MockTransport(neighbours.answer)
    tokens = ServiceTokenSource(settings, transport=transport)
    return (
        IdentityClient(ServiceClient(settings, "identity", tokens, transport=transport)),
        LedgerClient(ServiceClient(settings, "transactions", tokens, transport=transport)),
    )
