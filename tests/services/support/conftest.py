"""A support desk for tests: its app on a fresh store, people with tokens, and accounts as it answers over HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi.testclient import TestClient

from services.support.clients.accounts import Accounts
from services.support.domain.ticket import Viewer
from services.support.main import build_app
from services.support.settings import SupportSettings
from shared.clients.http import ServiceClient
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.store.engine import Store

ADA = Caller(user_id="user-ada", customer_id="customer-ada", roles=frozenset({"customer"}), session_id="s1")
BEN = Caller(user_id="user-ben", customer_id="customer-ben", roles=frozenset({"customer"}), session_id="s2")
SUE = Caller(user_id="user-sue", roles=frozenset({"support"}), session_id="s3")
TESS = Caller(user_id="user-tess", roles=frozenset({"teller"}), session_id="s4")
LEDGER = Caller.for_service("transactions")
PEOPLE = {"ada": ADA, "ben": BEN, "sue": SUE, "tess": TESS, "ledger": LEDGER}

THE_DESK = Viewer(is_desk=True, customer_id=None)
AS_ADA = Viewer(is_desk=False, customer_id=ADA.customer_id)
AS_BEN = Viewer(is_desk=False, customer_id=BEN.customer_id)


class KnownPeople:
    """A verifier whose tokens are names."""

    def cached(self, raw: str) -> Caller | None:
        return PEOPLE.get(raw)

    def verify(self, raw: str) -> Caller:
        if raw not in PEOPLE:
            raise InvalidToken
        return PEOPLE[raw]


class NoTokens:
    def token_for(self, audience: str, act: str | None = None) -> str:
        return f"to-{audience}"

    def forget(self, audience: str, act: str | None = None) -> None:
        """Nothing is kept."""


@dataclass
class AccountsDouble:
    """What accounts would answer; `down` makes it refuse every call."""

    owners: dict[str, list[str]] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.down:
            raise httpx.ConnectError("down")
        account_id = request.url.path.rpartition("/")[2]
        if account_id not in self.owners:
            return httpx.Response(404, json={"code": "accounts.account-not-found"})
        return httpx.Response(200, json={"id": account_id, "owners": self.owners[account_id]})

    def client(self) -> Accounts:
        transport = httpx.MockTransport(self.handle)
        return Accounts(ServiceClient(SupportSettings(), "accounts", NoTokens(), transport=transport))


@dataclass
class Desk:
    """The running app and what stands around it."""

    http: TestClient
    store: Store
    accounts: AccountsDouble

    def as_person(self, name: str) -> dict[str, str]:
        return {"authorization": f"Bearer {name}"}


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    return make_store("support")


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    accounts = AccountsDouble()
    app = build_app(settings=SupportSettings(), store=store, verifier=KnownPeople(), accounts=accounts.client())
    with TestClient(app) as http:
        yield Desk(http, store, accounts)
