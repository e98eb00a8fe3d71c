"""Serve a tiny service as its own process, for `test_run_service.py`: `python -m tests.shared.web.serve <folder>`."""

import sys
import time
from pathlib import Path

from fastapi import APIRouter

from shared.clients.jwks import KeySet
from shared.clients.verify import TokenVerifier
from shared.contracts.policy.row import ANYONE, row
from shared.store.engine import Store
from shared.store.schema import tables_of
from shared.web.app import create_service_app, run_service
from tests.shared.clients.signer import Signer
from tests.shared.web.house import Settings


def main(folder: Path) -> None:
    """Serve on BANK_PORT until told to end."""
    store = Store(f"sqlite:///{folder / 'accounts.db'}", service="accounts", plumbing=tables_of("accounts")[1])
    router = APIRouter()

    @router.get("/slow")
    def slow() -> dict[str, bool]:
        (folder / "slow-began").touch()
        time.sleep(0.7)
        return {"done": True}

    def stopped() -> None:
        (folder / "stopped").touch()

    settings = Settings()
    app = create_service_app(
        settings=settings,
        store=store,
        routers=[router],
        policy=[row("GET", "/slow", ANYONE)],
        verifier=TokenVerifier(service="accounts", keys=KeySet(Signer().jwks)),
        title="Tiny",
        on_stop=[stopped, store.close],
    )
    run_service(app, settings)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
