"""Start the gateway: `python -m gateway.main`."""

import gc
import sys
from types import FrameType

import uvicorn

from gateway.app import Gateway
from gateway.auth import Doorkeeper
from gateway.headers import security_headers
from gateway.policy import PolicyIndex, policy_rows
from gateway.protocol import GatewayProtocol
from gateway.settings import GatewaySettings
from gateway.views.table import own_answers
from gateway.views.web_app import web_answers
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.observability.tracing import configure_tracing
from shared.settings import load

DRAIN_SECONDS = 10


class GatewayServer(uvicorn.Server):
    """The server that says "not ready" as soon as it is told to stop, not when it has stopped."""

    gateway: Gateway

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain."""
        self.gateway.drain()
        super().handle_exit(sig, frame)


def create_app(settings: GatewaySettings) -> Gateway:
    """Build the gateway from its settings.

    :raises FaultAtStart: if a document or an asset that it serves is missing
    """
    web = web_answers(settings.web_dir)
    return Gateway(
        settings=settings,
        index=PolicyIndex(policy_rows(), sandbox=settings.is_sandbox),
        own={**own_answers(settings), **web},
        page=web.get("/"),
        doorkeeper=Doorkeeper.of_identity(settings),
    )


def create_server(settings: GatewaySettings) -> GatewayServer:
    """Put the gateway behind uvicorn. The peer's address is believed, headers about it are not."""
    gateway = create_app(settings)
    GatewayProtocol.security = security_headers(https=settings.public_url.startswith("https://"))
    config = uvicorn.Config(
        gateway,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=GatewayProtocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    server = GatewayServer(config)
    server.gateway = gateway
    return server


def _spare_the_collector() -> None:
    """Do not look again and again through what lives as long as the process; requests leave hardly any cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def main() -> None:
    """Serve until told to stop."""
    try:
        settings = load(GatewaySettings)
        configure_logging("gateway", settings.log_level)
        configure_tracing("gateway", settings)
        server = create_server(settings)
    except FaultAtStart as fault:
        sys.exit(str(fault))
    _spare_the_collector()
    try:
        server.run()
    except KeyboardInterrupt:
        # Uvicorn raises the signal again once it has drained: Ctrl-C is a good end.
        return


if __name__ == "__main__":
    main()
