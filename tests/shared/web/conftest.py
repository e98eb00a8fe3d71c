"""The small real service of `house.py`, started."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from shared.clients.jwks import KeySet
from shared.clients.revocations import Revocations
from shared.clients.verify import TokenVerifier
from shared.store.engine import Store
from shared.web.app import create_service_app
from tests.shared.clients.signer import Signer
from tests.shared.web.house import (
    POLICY,
    House,
    Settings,
    make_broken_router,
    make_internal_router,
    make_reading_router,
    make_router,
)


@pytest.fixture
def house(make_store: Callable[[str], Store]) -> Iterator[House]:
    """Start the service."""
    store, signer, revocations = make_store("accounts"), Signer(), Revocations()
    app = create_service_app(
        settings=Settings(),
        store=store,
        routers=[make_router(store), make_reading_router(), make_broken_router(), make_internal_router()],
        policy=POLICY,
        verifier=TokenVerifier(service="accounts", keys=KeySet(signer.jwks), revocations=revocations),
        title="Test",
        snapshot=lambda _session: {"accounts": ["a"]},
    )
    with TestClient(app, raise_server_exceptions=True) as http:
        yield House(app, http, store, signer, revocations)
