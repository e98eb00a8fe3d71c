"""Notifications for tests: the app on a fresh store, people with tokens, accounts over HTTP, and a real mail server."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import httpx
import pytest
from aiosmtpd.controller import Controller
from fastapi.testclient import TestClient

from services.notifications.clients.accounts import Accounts
from services.notifications.clients.dead_letters import OtherServices
from services.notifications.clients.identity import Identity
from services.notifications.clients.mail_server import MailServer
from services.notifications.domain.dead_letter import ServiceName
from services.notifications.mailbox import Keeper
from services.notifications.main import build_app
from services.notifications.settings import NotificationsSettings
from services.notifications.tasks.send_mail import MailRoom
from shared.clients.http import ServiceClient
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.store.engine import Store

ADA = Caller(user_id="user-ada", customer_id="ada", roles=frozenset({"customer"}), session_id="s1")
BEN = Caller(user_id="user-ben", customer_id="ben", roles=frozenset({"customer"}), session_id="s2")
SUE = Caller(user_id="user-sue", roles=frozenset({"support"}), session_id="s3")
TESS = Caller(user_id="user-tess", roles=frozenset({"teller"}), session_id="s4")
PEOPLE = {"ada": ADA, "ben": BEN, "sue": SUE, "tess": TESS}


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
    """What accounts would answer: people by customer id as (e-mail, first name); `down` refuses every call."""

    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    down: bool = False

    def handle(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down")
        customer_id = request.url.path.split("/")[3]
        if customer_id not in self.people:
            return httpx.Response(404, json={"code": "accounts.customer-not-found"})
        email, first_name = self.people[customer_id]
        found = {"customer_id": customer_id, "user_id": "u", "email": email, "first_name": first_name}
        return httpx.Response(200, json={**found, "last_name": "Example", "language": "en"})

    def client(self) -> Accounts:
        transport = httpx.MockTransport(self.handle)
        return Accounts(ServiceClient(NotificationsSettings(), "accounts", NoTokens(), transport=transport))


@dataclass
class IdentityDouble:
    """What identity would answer: addresses and states by user id; `down` refuses every call."""

    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    down: bool = False

    def handle(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down")
        user_id = request.url.path.split("/")[3]
        if user_id not in self.logins:
            return httpx.Response(404, json={"code": "identity.user-not-found"})
        email, status = self.logins[user_id]
        return httpx.Response(200, json={"user_id": user_id, "email": email, "status": status})

    def client(self) -> Identity:
        transport = httpx.MockTransport(self.handle)
        return Identity(ServiceClient(NotificationsSettings(), "identity", NoTokens(), transport=transport))


@dataclass
class OthersDouble:
    """What the other services would say of their dead letters: by service, newest first; `down` do not answer."""

    letters: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    refuse_with: str = ""
    replayed: list[tuple[str, str]] = field(default_factory=list)

    def handle(self, service: str, request: httpx.Request) -> httpx.Response:
        if service in self.down:
            raise httpx.ConnectError("down")
        own = self.letters.get(service, [])
        if request.method == "GET":
            below, limit = request.url.params.get("below", "~"), int(request.url.params["limit"])
            return httpx.Response(200, json={"items": [one for one in own if one["id"] < below][:limit]})
        letter_id = request.url.path.split("/")[3]
        if letter_id not in {one["id"] for one in own}:
            return httpx.Response(404, json={"code": "service.dead-letter-not-found"})
        if self.refuse_with:
            return httpx.Response(409, json={"code": "service.fact-refused-again", "reason": self.refuse_with})
        self.replayed.append((service, letter_id))
        return httpx.Response(200, json={"replayed": self.replayed.count((service, letter_id)) == 1})

    def client(self) -> OtherServices:
        def one(service: ServiceName) -> ServiceClient:
            transport = httpx.MockTransport(lambda request: self.handle(service, request))
            return ServiceClient(NotificationsSettings(), service, NoTokens(), transport=transport)

        return OtherServices({name: one(name) for name in get_args(ServiceName) if name != "notifications"})


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class PostOffice:
    """A real mail server on its own port, which a test may stop, start, or give another keeper."""

    settings: NotificationsSettings
    controller: Controller | None = None

    def start(self, keeper: object | None = None) -> None:
        handler = keeper or Keeper(self.settings.mailbox_dir)
        self.controller = Controller(handler, hostname="127.0.0.1", port=self.settings.smtp_port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    return make_store("notifications")


@pytest.fixture
def settings(tmp_path: Path) -> NotificationsSettings:
    return NotificationsSettings(environment="sandbox", data_dir=tmp_path, smtp_port=free_port())


@pytest.fixture
def others() -> OthersDouble:
    return OthersDouble()


@pytest.fixture
def http(store: Store, settings: NotificationsSettings, others: OthersDouble) -> Iterator[TestClient]:
    app = build_app(settings=settings, store=store, verifier=KnownPeople(), others=others.client())
    with TestClient(app) as client:
        yield client


@pytest.fixture
def accounts() -> AccountsDouble:
    return AccountsDouble({"ada": ("ada@demo.bank", "Ada"), "ben": ("ben@demo.bank", "Ben")})


@pytest.fixture
def identity() -> IdentityDouble:
    return IdentityDouble({"user-sue": ("sue@demo.bank", "active"), "user-old": ("old@demo.bank", "suspended")})


@pytest.fixture
def office(settings: NotificationsSettings) -> Iterator[PostOffice]:
    post_office = PostOffice(settings)
    post_office.start()
    yield post_office
    post_office.stop()


@pytest.fixture
def room(store: Store, settings: NotificationsSettings, accounts: AccountsDouble, identity: IdentityDouble) -> MailRoom:
    return MailRoom(
        store=store,
        settings=settings,
        accounts=accounts.client(),
        identity=identity.client(),
        server=MailServer(settings),
    )


def as_person(name: str) -> dict[str, str]:
    """Give the headers of a person's call."""
    return {"authorization": f"Bearer {name}"}
