"""Callers by the name that stands as their token, for the HTTP door of the ledger without identity."""

from collections.abc import Mapping
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from services.transactions.clients.job_board import JobsOf
from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from shared.clients.http import ServiceClient
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, BEN, TESS, LedgerBench

OLU = Caller(user_id="u-olu", roles=frozenset({"officer"}), branch_id="main", session_id="s4")
SAM = Caller(user_id="u-sam", roles=frozenset({"supervisor"}), branch_id="main", session_id="s5")
AMIR = Caller(user_id="u-amir", roles=frozenset({"auditor"}), session_id="s6")

SUE = Caller(user_id="u-sue", roles=frozenset({"support"}), branch_id="main", session_id="s7")
LEDGER = Caller.for_service("transactions")

_NAMED = {
    "ada": ADA,
    "ben": BEN,
    "tess": TESS,
    "olu": OLU,
    "sam": SAM,
    "amir": AMIR,
    "sue": SUE,
    "transactions": LEDGER,
}


class People:
    """Stands for the verifier: a token is a person's name. The real one has its own tests and the journeys."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token."""
        return _NAMED.get(raw)

    def verify(self, raw: str) -> Caller:
        """Refuse whom nobody knows."""
        raise InvalidToken


def door(bench: LedgerBench, folder: Path, name: str, *, job_boards: Mapping[str, JobsOf] | None = None) -> TestClient:
    """Open the ledger's HTTP door for one person; use it as a context."""
    settings = TransactionsSettings(data_dir=folder)
    app = build_app(settings=settings, store=bench.store, verifier=People(), job_boards=job_boards)
    return TestClient(app, raise_server_exceptions=True, headers={"authorization": f"Bearer {name}"})


class OwnTokens:
    """Stands for identity, which sells service tokens: the ledger's is its name."""

    def token_for(self, audience: str, act: str | None = None) -> str:
        """Give it, whoever is asked."""
        return "transactions"

    def forget(self, audience: str, act: str | None = None) -> None:
        """Keep nothing."""


def board_of(asked: TestClient, service: str = "transactions") -> JobsOf:
    """Give the jobs of a service whose real door is open in this process."""

    def ask(request: httpx.Request) -> httpx.Response:
        given = asked.request(
            request.method, str(request.url), headers=dict(request.headers), content=request.read() or None
        )
        return httpx.Response(given.status_code, content=given.content, headers=dict(given.headers))

    return JobsOf(ServiceClient(TransactionsSettings(), service, OwnTokens(), transport=httpx.MockTransport(ask)))


def board_of_nobody(service: str) -> JobsOf:
    """Give the jobs of a service that does not answer."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there", request=request)

    return JobsOf(ServiceClient(TransactionsSettings(), service, OwnTokens(), transport=httpx.MockTransport(refuse)))
