"""Identity and the ledger as accounts meets them: a small HTTP app that keeps what it was given.

Answers as their internal routes do (logins by customer, contracts by version) and can be down. It is reached over the
real `ServiceClient`, so tokens, retries and problem bodies are the real ones.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.accounts.api.customer_views import LOOKING
from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource
from shared.clients.trails import Trails

MIN_PASSWORD_LENGTH = 15


@dataclass
class Neighbours:
    """What the two services hold, and whether they answer."""

    down: set[str] = field(default_factory=set)
    lost_answers: set[str] = field(default_factory=set)
    """Services that act and then do not answer."""
    logins: dict[str, dict[str, Any]] = field(default_factory=dict)
    contracts: dict[str, dict[str, Any]] = field(default_factory=dict)
    balances: dict[str, int] = field(default_factory=dict)
    kept: dict[str, httpx.Response] = field(default_factory=dict)
    cosigned: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Payments that all owners signed, by the id under which they were booked."""
    cosigned_refusal: str | None = None
    """The code with which the ledger refuses the next of them."""
    seen_passwords: int = 0
    newest_password: str = ""
    looks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By the host and port of a service: its looks at customers, the newest first."""
    told: list[str] = field(default_factory=list)
    """Addresses whose owners were told that somebody registered again."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        parts = request.url.path.strip("/").split("/")
        if parts == ["internal", "service-tokens"]:
            return httpx.Response(200, json={"access_token": "t", "expires_in": 300})
        if parts == ["internal", "looks"]:
            return self._looks(request)
        if parts == ["internal", "approval-rules"]:
            rule = {"above_minor": 4_999_999, "checkers": ["officer"], "hours": 72, "active": True, "roles": None}
            return httpx.Response(
                503 if "rules" in self.down else 200, json={"items": [{**rule, "command": "deposit"}]}
            )
        service = "identity" if parts[1] == "users" else "transactions"
        if service in self.down:
            raise httpx.ConnectError("down")
        body = json.loads(request.content) if request.content else {}
        if service == "identity":
            answer = self._login(request.method, parts[-1], body)
        elif parts[1] == "cosigned-transfers":
            answer = self._book_once(parts[2], body)
        else:
            answer = self._hold_once(request, body)
        if service in self.lost_answers:
            raise httpx.ReadTimeout("lost")
        return answer

    def _looks(self, request: httpx.Request) -> httpx.Response:
        if "looks" in self.down:
            raise httpx.ConnectError("down")
        wanted = request.url.params
        kept = self.looks.get(str(request.url.port), [])
        below = int(wanted.get("below", 2**53))
        items = [one for one in kept if one["sequence"] < below and one["subject_id"] == wanted["customer_id"]]
        return httpx.Response(200, json={"items": items[: int(wanted["limit"])]})

    def _login(self, method: str, customer_id: str, body: dict[str, Any]) -> httpx.Response:
        known = self.logins.get(customer_id)
        if customer_id == "already-registered" and len(body["password"]) >= MIN_PASSWORD_LENGTH:
            self.told.append(body["email"])
            return httpx.Response(204)
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

    def _book_once(self, cosignature_id: str, body: dict[str, Any]) -> httpx.Response:
        if self.cosigned_refusal is not None:
            return self._problem(409, self.cosigned_refusal)
        known = cosignature_id in self.cosigned
        self.cosigned.setdefault(cosignature_id, body)
        return httpx.Response(200 if known else 201, json={"id": cosignature_id})

    def _hold_once(self, request: httpx.Request, body: dict[str, Any]) -> httpx.Response:
        account_id, key = request.url.path.rsplit("/", 1)[-1], request.headers.get("idempotency-key")
        if key is None:
            return self._hold(account_id, body)
        if key not in self.kept:
            self.kept[key] = self._hold(account_id, body)
        return httpx.Response(self.kept[key].status_code, content=self.kept[key].content)

    def _hold(self, account_id: str, body: dict[str, Any]) -> httpx.Response:
        held = self.contracts.get(account_id)
        if held is not None and held["version"] >= body["version"]:
            return httpx.Response(200, json=held)
        rest, paid_out = self.balances.get(account_id, 0), {}
        if held is None:
            self.balances[account_id] = body.get("opening_deposit_minor", 0)
        if body["status"] == "closed" and rest:
            payee = body.get("payout_account_id")
            if payee is None:
                return self._problem(409, "transactions.account-not-empty", booked_minor=rest, held_minor=0)
            if rest > (body.get("payout_limit_minor") or rest):
                return self._problem(409, "transactions.payout-over-limit", booked_minor=rest)
            if self.contracts[payee]["freeze"] != "none":
                return self._problem(409, "transactions.account-frozen", freeze="all")
            self.balances[account_id], paid_out = 0, {"paid_out_minor": rest}
            self.balances[payee] = self.balances.get(payee, 0) + rest
        self.contracts[account_id] = body
        return httpx.Response(200, json=body | paid_out)

    @staticmethod
    def _problem(status: int, code: str, **numbers: Any) -> httpx.Response:
        return httpx.Response(status, json={"status": status, "code": code, "detail": "Refused.", **numbers})


def clients_of(neighbours: Neighbours, settings: AccountsSettings) -> tuple[IdentityClient, LedgerClient]:
    """Give real clients that reach the neighbours."""
    transport = httpx.MockTransport(neighbours.answer)
    tokens = ServiceTokenSource(settings, transport=transport)
    return (
        IdentityClient(ServiceClient(settings, "identity", tokens, transport=transport)),
        LedgerClient(ServiceClient(settings, "transactions", tokens, transport=transport)),
    )


def trails_of(neighbours: Neighbours, settings: AccountsSettings) -> Trails:
    """Give the real client of the other services' trails, which reaches the neighbours."""
    transport = httpx.MockTransport(neighbours.answer)
    tokens = ServiceTokenSource(settings, transport=transport)
    return Trails({name: ServiceClient(settings, name, tokens, transport=transport) for name in LOOKING})
