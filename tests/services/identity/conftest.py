"""What identity's tests stand on: a small identity with cheap hashes, and its HTTP door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import jwt
import pytest
from fastapi.testclient import TestClient

from services.identity.clients.notifications import CodeMail, CodeMailer
from services.identity.domain.session import Device
from services.identity.domain.user import User
from services.identity.main import create_app
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys, ensure_signing_key
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.tables import UserRow
from services.identity.store.users_store import add_user
from services.identity.use_cases.sign_in import IssuedTokens, SignInDesk, sign_in
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.engine import Store
from tests.builders.redis import redis_process, redis_server

__all__ = ["redis_process", "redis_server"]

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
PHONE = Device(address="192.0.2.7", agent="Mozilla/5.0 (Android 16) Firefox/140.0")
PASSWORD = "a long and quiet river"


class Post(CodeMailer):
    """Keeps the mails instead of handing them to notifications."""

    def __init__(self) -> None:
        super().__init__(None)
        self.mails: list[tuple[str, str, str | None]] = []

    def send_soon(self, *, email: str, mail: CodeMail, code: str | None, valid_until: datetime) -> None:
        self.mails.append((email, mail, code))

    def hand_over(self, *, email: str, mail: CodeMail, code: str | None, valid_until: datetime, key: str) -> None:
        self.mails.append((email, mail, code))

    def code(self) -> str:
        """The newest code."""
        found = self.mails[-1][2]
        assert found is not None
        return found


@dataclass(frozen=True)
class World:
    """An identity without its HTTP door."""

    settings: IdentitySettings
    store: Store
    keys: SigningKeys
    hashes: PasswordHashes

    def add(self, email: str, *roles: str, customer_id: str | None = None) -> UserRow:
        """Make a login whose password is PASSWORD."""
        user = User(
            id=new_id(),
            email=email,
            roles=roles or ("teller",),
            branch_id="b1",
            customer_id=customer_id,
            status="active",
            version=1,
        )
        with self.store.write() as session:
            return add_user(session, user=user, password_hash=self.hashes.make(PASSWORD), now=NOW)

    mailer: Post

    @property
    def desk(self) -> SignInDesk:
        """What signing in needs."""
        return SignInDesk(self.store, self.hashes, self.keys, self.settings, self.mailer)

    def asking_for_codes(self) -> "World":
        """The same identity, in a bank that asks who has no other second factor for a code by mail."""
        return replace(self, settings=self.settings.model_copy(update={"email_codes": "on"}))

    def caller(self, user: UserRow, tokens: IssuedTokens) -> Caller:
        """Who asks with these tokens."""
        claims = jwt.decode(tokens.access_token, options={"verify_signature": False})
        return Caller(user_id=user.id, roles=frozenset(user.roles), session_id=claims["sid"])

    def sign_in(
        self,
        email: str,
        password: str = PASSWORD,
        *,
        otp: str | None = None,
        device: Device = PHONE,
        now: datetime = NOW,
    ) -> IssuedTokens:
        """Sign in."""
        return sign_in(self.desk, email=email, password=password, otp=otp, device=device, now=now)


def hash_of(secret: str) -> str:
    """Give what identity knows of a client secret."""
    return sha256(secret.encode()).hexdigest()


@pytest.fixture
def settings(tmp_path: Path) -> IdentitySettings:
    return IdentitySettings(
        environment="sandbox",
        data_dir=tmp_path,
        listener="off",
        argon2_memory_kib=8,
        argon2_passes=1,
        service_clients={name: hash_of(f"secret-of-{name}") for name in ("accounts", "notifications")},
    )


@pytest.fixture
def world(settings: IdentitySettings, make_store: Callable[[str], Store]) -> World:
    store = make_store("identity")
    return World(
        settings=settings.model_copy(update={"database_url": store.url.render_as_string(hide_password=False)}),
        store=store,
        keys=ensure_signing_key(settings.keys_path),
        hashes=PasswordHashes(memory_kib=8, passes=1, at_once=2),
        mailer=Post(),
    )


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    """The HTTP door in the sandbox, as the gateway on this machine sees it."""
    with TestClient(create_app(world.settings), client=("127.0.0.1", 50_000)) as client:
        yield client
