"""Notifications for tests: the app on a fresh store, people with tokens, accounts over HTTP, and a real mail server."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from fastapi.testclient import TestClient

from services.notifications.clients.accounts import Accounts
from services.notifications.clients.mail_server import MailServer
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
def http(store: Store, settings: NotificationsSettings) -> Iterator[TestClient]:
    with TestClient(build_app(settings=settings, store=store, verifier=KnownPeople())) as client:
        yield client


@pytest.fixture
def accounts() -> AccountsDouble:
    return AccountsDouble({"ada": ("ada@demo.bank", "Ada"), "ben": ("ben@demo.bank", "Ben")})


@pytest.fixture
def office(settings: NotificationsSettings) -> Iterator[PostOffice]:
    post_office = PostOffice(settings)
    post_office.start()
    yield post_office
    post_office.stop()


@pytest.fixture
def room(store: Store, settings: NotificationsSettings, accounts: AccountsDouble) -> MailRoom:
    return MailRoom(store=store, settings=settings, accounts=accounts.client(), server=MailServer(settings))


def as_person(name: str) -> dict[str, str]:
    """Give the headers of a person's call."""
    return {"authorization": f"Bearer {name}"}
