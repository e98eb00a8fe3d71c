"""Fixtures of accounts: a seeded store, its neighbours, and the app behind its real door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.customer import Address, Person
from services.accounts.main import build_app
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Applicant
from services.accounts.use_cases.register_customer import register_customer
from services.accounts.use_cases.seed_catalogue import seed_catalogue
from shared.clients.jwks import KeySet
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.accounts.confirming import step_up_jwks
from tests.services.accounts.lives import Lives
from tests.services.accounts.neighbours import Neighbours, clients_of, trails_of

if TYPE_CHECKING:
    from tests.services.accounts.joint import Joint

PASSWORD = "demo-password-ada"
ADA = Person("ada@demo.bank", "+4930111111", "Ada", "Lovelace", date(1990, 12, 10), None, None, None, None)
BEN = replace(ADA, email="ben@demo.bank", phone="+4930222222", first_name="Ben", last_name="Franklin")
HOME = Address("Chausseestr. 1", "Berlin", "Berlin", "10115", "DE")
OLU = Caller(user_id="olu", roles=frozenset({"officer"}), branch_id="main")
SAM = Caller(user_id="sam", roles=frozenset({"supervisor"}), branch_id="main")
ALMA = Caller(user_id="alma", roles=frozenset({"admin"}), branch_id="main")
TESS = Caller(user_id="tess", roles=frozenset({"teller"}), branch_id="main")


@dataclass(frozen=True)
class Tokens:
    """Whose token is it: the token says it itself. The real verifier has tests of its own."""

    callers: dict[str, Caller]

    def cached(self, raw: str) -> Caller | None:
        """Know nobody beforehand."""
        return None

    def verify(self, raw: str) -> Caller:
        """Give the caller."""
        if raw not in self.callers:
            raise InvalidToken
        return self.callers[raw]


@pytest.fixture
def settings() -> AccountsSettings:
    return AccountsSettings(environment="sandbox", listener="off")


@pytest.fixture
def neighbours() -> Neighbours:
    return Neighbours()


@pytest.fixture
def identity(neighbours: Neighbours, settings: AccountsSettings) -> IdentityClient:
    return clients_of(neighbours, settings)[0]


@pytest.fixture
def ledger(neighbours: Neighbours, settings: AccountsSettings) -> LedgerClient:
    return clients_of(neighbours, settings)[1]


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    store = make_store("accounts")
    seed_catalogue(store, is_sandbox=True)
    return store


@pytest.fixture
def lives(store: Store, ledger: LedgerClient, neighbours: Neighbours) -> Lives:
    """Give accounts to freeze and close."""
    return Lives(store, ledger, neighbours)


Register = Callable[..., Caller]


@pytest.fixture
def register(store: Store, identity: IdentityClient, ledger: LedgerClient) -> Register:
    """Give a function that registers a person and gives them as caller."""

    def one(person: Person = ADA, account: AccountTerms | None = None) -> Caller:
        settled = register_customer(
            store,
            identity,
            ledger,
            applicant=Applicant(person, HOME, account),
            password=PASSWORD,
            verified_at_once=True,
        )
        return caller_of(settled)

    return one


@pytest.fixture
def joint(lives: Lives, register: Register) -> "Joint":
    """Give an account that others can come to own."""
    from tests.services.accounts.joint import Joint

    return Joint.make(lives, register)


def caller_of(settled: Settled) -> Caller:
    """Give the customer that a registration answered as caller."""
    import json

    answer: dict[str, Any] = json.loads(settled.body)
    return Caller(
        user_id=answer["user_id"],
        customer_id=answer["customer"]["id"],
        roles=frozenset({"customer"}),
        branch_id="main",
        session_id="session",
    )


def key_of(caller: Caller, key: str = "k1", fingerprint: str = "f") -> RequestKey:
    """Give the identity of a request to open an account."""
    return RequestKey(caller.principal, "POST /api/v1/accounts", key, fingerprint)


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(
        {
            "tess": TESS,
            "olu": OLU,
            "sam": SAM,
            "alma": ALMA,
            "transactions": Caller.for_service("transactions"),
            "support": Caller.for_service("support"),
        }
    )


@pytest.fixture
def client(
    store: Store,
    settings: AccountsSettings,
    identity: IdentityClient,
    ledger: LedgerClient,
    tokens: Tokens,
    neighbours: Neighbours,
) -> Iterator[TestClient]:
    """Give a client of the app behind its real door."""
    app = build_app(
        settings=settings,
        store=store,
        verifier=tokens,
        identity=identity,
        ledger=ledger,
        step_up_keys=KeySet(step_up_jwks),
        trails=trails_of(neighbours, settings),
    )
    with TestClient(app) as http:
        yield http


@pytest.fixture
def log_in(register: Register, tokens: Tokens) -> Callable[..., dict[str, str]]:
    """Give a function that registers a person and gives the headers of their requests."""

    def one(person: Person = ADA, account: AccountTerms | None = None) -> dict[str, str]:
        caller = register(person, account)
        tokens.callers[person.first_name.lower()] = caller
        return bearer(person.first_name.lower())

    return one


def bearer(name: str, **headers: str) -> dict[str, str]:
    """Give the headers of a request of somebody."""
    return {"authorization": f"Bearer {name}", **{k.replace("_", "-"): v for k, v in headers.items()}}
