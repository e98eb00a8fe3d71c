"""All five services behind their real HTTP doors, and the ledger's writer as a process: the other side of each client.

Each app is the one that its process runs, on a migrated store of its own, in a thread; tokens are bought and verified.
Listeners and workers are off: a client's contract is what the provider answers, and nothing else moves meanwhile.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from services.accounts.main import create_app as accounts_app
from services.accounts.settings import AccountsSettings
from services.identity.main import create_app as identity_app
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import ensure_signing_key
from services.identity.store.own_tokens import OwnTokens
from services.notifications.main import create_app as notifications_app
from services.notifications.settings import NotificationsSettings
from services.support.main import create_app as support_app
from services.support.settings import SupportSettings
from services.transactions.main import create_app as transactions_app
from services.transactions.settings import TransactionsSettings
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.ids import new_id
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.migrate import migrate, open_store
from tests.gateway.stand_ins import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0
SETTINGS: dict[str, type[ServiceSettings]] = {
    "identity": IdentitySettings,
    "accounts": AccountsSettings,
    "transactions": TransactionsSettings,
    "support": SupportSettings,
    "notifications": NotificationsSettings,
}
APPS: dict[str, Callable[[Any], FastAPI]] = {
    "identity": identity_app,
    "accounts": accounts_app,
    "transactions": transactions_app,
    "support": support_app,
    "notifications": notifications_app,
}


class RealServices:
    """The running services; `client` speaks as one of them to another, as that one's own process would."""

    def __init__(self, folder: Path) -> None:
        """Choose ports and secrets and make the stores; nothing runs yet."""
        self.folder = folder
        ports = {name: free_port() for name in SETTINGS}
        words = {name: secrets.token_hex(16) for name in SETTINGS}
        urls = {f"{name}_url": f"http://127.0.0.1:{port}" for name, port in ports.items()}
        bank: dict[str, Any] = {**urls, "environment": "sandbox", "data_dir": folder, "listener": "off"}
        own: dict[str, dict[str, Any]] = {name: {"client_secret": words[name]} for name in SETTINGS}
        known = {name: sha256(word.encode()).hexdigest() for name, word in words.items()}
        own["identity"] |= {"service_clients": known, "argon2_memory_kib": 8, "argon2_passes": 1}
        self.settings = {name: kind(**bank, port=ports[name], **own[name]) for name, kind in SETTINGS.items()}
        self.stores = {name: open_store(name, self.settings[name].store_url) for name in SETTINGS}
        for store in self.stores.values():
            migrate(store)
        self._servers: list[tuple[uvicorn.Server, threading.Thread]] = []
        self._writer: subprocess.Popen[bytes] | None = None
        self._clients: list[ServiceClient] = []

    def start(self) -> "RealServices":
        """Start all of it and wait until it takes work."""
        for name, make in APPS.items():
            # The process keeps its clients for as long as it lives; a test should leave no socket open.
            config = uvicorn.Config(
                make(self.settings[name]),
                port=self.settings[name].port,
                log_config=None,
                ws="none",
                headers=[("connection", "close")],
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            self._servers.append((server, thread))
        self._start_writer()
        for server, thread in self._servers:
            self._wait(lambda server=server: server.started, thread.is_alive)  # type: ignore[misc]
        writer, socket = self._writer, self.ledger_settings.socket_path
        self._wait(socket.exists, lambda: writer is not None and writer.poll() is None)
        return self

    @property
    def ledger_settings(self) -> TransactionsSettings:
        """Give the ledger's settings."""
        found = self.settings["transactions"]
        assert isinstance(found, TransactionsSettings)
        return found

    def stop(self) -> None:
        """End all of it."""
        for client in self._clients:
            client.close()
        if self._writer is not None:
            self._writer.terminate()
            self._writer.wait(20)
        for server, _ in self._servers:
            server.should_exit = True
        for _, thread in self._servers:
            thread.join(20)
        for store in self.stores.values():
            store.close()

    def store(self, service: str) -> Store:
        """Give the store of a service, to put there what its worker or listener would."""
        return self.stores[service]

    def tokens(self, service: str) -> TokenSource:
        """Give the tokens of a service, bought or (identity's) signed."""
        settings = self.settings[service]
        if isinstance(settings, IdentitySettings):
            return OwnTokens(ensure_signing_key(settings.keys_path))
        return ServiceTokenSource(settings)

    def client(self, caller: str, callee: str) -> ServiceClient:
        """Give what one service speaks to another with."""
        made = ServiceClient(self.settings[caller], callee, self.tokens(caller))
        self._clients.append(made)
        return made

    def call(self, service: str, method: str, path: str, *, token: str = "", body: object = None) -> httpx.Response:
        """Call a service as a person does through the gateway."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= {"idempotency-key": new_id()} if method == "POST" else {}
        url = f"{self.settings[service].url_of(service)}/api/v1{path}"
        with httpx.Client(timeout=20, trust_env=False) as http:
            return http.request(method, url, headers=headers, json=body)

    def log_in(self, email: str, password: str) -> str:
        """Give the access token of a login."""
        answer = self.call("identity", "POST", "/auth/login", body={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def register(self) -> dict[str, Any]:
        """Register a customer with an open account: {customer, user_id, account, email, password}."""
        email, password = f"test-{new_id()}@demo.bank", f"Vault-{new_id()}"
        home = {"street": "Probeweg 1", "city": "Berlin", "state": "Berlin", "postal_code": "10115", "country": "DE"}
        body = {
            "email": email,
            "password": password,
            "first_name": "Toni",
            "last_name": "Tester",
            "phone": f"+49151{secrets.randbelow(90_000_000) + 10_000_000}",
            "date_of_birth": "1990-05-17",
            "address": home,
            "account": {"product": "everyday"},
        }
        answer = self.call("accounts", "POST", "/customers", body=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json() | {"email": email, "password": password}
        assert found["account"]["status"] == "open"
        return found

    def _start_writer(self) -> None:
        settings = self.ledger_settings
        env = {
            **os.environ,
            "BANK_ENVIRONMENT": "sandbox",
            "BANK_DATA_DIR": str(self.folder),
            "IDENTITY_URL": settings.url_of("identity"),
            "TRANSACTIONS_CLIENT_SECRET": settings.client_secret.get_secret_value(),
            "TRANSACTIONS_WRITER_OPS_PORT": "0",
        }
        command = [sys.executable, "-m", "services.transactions.writer"]
        with (self.folder / "writer.log").open("wb") as log:
            self._writer = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)

    @staticmethod
    def _wait(ready: Callable[[], bool], lives: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            assert lives()
            assert time.monotonic() < until
            time.sleep(0.02)
