"""Fixtures: two upstreams (identity with a JWKS, and one for all others), the gateway before them, tokens, a client."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from gateway.routes import UPSTREAMS
from gateway.settings import GatewaySettings
from tests.builders.tokens import TokenMaker
from tests.gateway.browsers import PAGE, StandInIdentity
from tests.gateway.stand_ins import RunningGateway, Upstream, echo, free_port


@pytest.fixture(scope="session", autouse=True)
def _no_web_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What was built in the repository must not change what these tests see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gateway.views.web_app.BUILT", tmp_path_factory.mktemp("nothing-built"))
        yield


@pytest.fixture(scope="session")
def tokens() -> TokenMaker:
    return TokenMaker()


@pytest.fixture(scope="session")
def _identity(tokens: TokenMaker) -> Iterator[Upstream]:
    upstream = Upstream(documents={"/.well-known/jwks.json": tokens.jwks()}).start()
    yield upstream
    upstream.stop()


@pytest.fixture(scope="session")
def _service() -> Iterator[Upstream]:
    upstream = Upstream().start()
    yield upstream
    upstream.stop()


def settings_for(identity: Upstream, service: Upstream, **changed: Any) -> GatewaySettings:
    """Give settings in which every service but identity is the same stand-in."""
    urls = {f"{name}_url": service.url for name in UPSTREAMS if name != "identity"}
    ports = {"port": free_port(), "ops_port": free_port()}
    return GatewaySettings(environment="sandbox", identity_url=identity.url, **{**urls, **ports, **changed})


@pytest.fixture(scope="session")
def gateway(_identity: Upstream, _service: Upstream) -> Iterator[RunningGateway]:
    running = RunningGateway(settings_for(_identity, _service)).start()
    yield running
    running.stop()


@pytest.fixture
def identity(_identity: Upstream) -> Upstream:
    _identity.seen.clear()
    _identity.behaviour = echo
    return _identity


@pytest.fixture
def service(_service: Upstream) -> Upstream:
    _service.seen.clear()
    _service.behaviour = echo
    return _service


@pytest.fixture
def client(gateway: RunningGateway) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url, timeout=15, trust_env=False) as http:
        yield http


@pytest.fixture
def signed_in(tokens: TokenMaker) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.sign()}"}


@pytest.fixture
def bank(tokens: TokenMaker, identity: Upstream, service: Upstream) -> StandInIdentity:
    found = StandInIdentity(tokens)
    identity.behaviour = found
    return found


@pytest.fixture
def browser(gateway: RunningGateway, bank: StandInIdentity) -> Iterator[httpx.Client]:
    """A browser on a page of the bank; it keeps cookies."""
    with httpx.Client(base_url=gateway.url, headers=PAGE, timeout=15, trust_env=False) as http:
        yield http
