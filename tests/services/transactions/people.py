"""Callers by the name that stands as their token, for the HTTP door of the ledger without identity."""

from pathlib import Path

from starlette.testclient import TestClient

from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, BEN, TESS, LedgerBench

OLU = Caller(user_id="u-olu", roles=frozenset({"officer"}), branch_id="main", session_id="s4")
SAM = Caller(user_id="u-sam", roles=frozenset({"supervisor"}), branch_id="main", session_id="s5")
AMIR = Caller(user_id="u-amir", roles=frozenset({"auditor"}), session_id="s6")

_NAMED = {"ada": ADA, "ben": BEN, "tess": TESS, "olu": OLU, "sam": SAM, "amir": AMIR}


class People:
    """Stands for the verifier: a token is a person's name. The real one has its own tests and the journeys."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token."""
        return _NAMED.get(raw)

    def verify(self, raw: str) -> Caller:
        """Refuse whom nobody knows."""
        raise InvalidToken


def door(bench: LedgerBench, folder: Path, name: str) -> TestClient:
    """Open the ledger's HTTP door for one person; use it as a context."""
    app = build_app(settings=TransactionsSettings(data_dir=folder), store=bench.store, verifier=People())
    return TestClient(app, raise_server_exceptions=True, headers={"authorization": f"Bearer {name}"})
