"""Settings of the gateway: where it listens, how it is called from outside, and how patient it is."""

from pathlib import Path
from typing import ClassVar, Self

from pydantic import Field, IPvAnyNetwork, model_validator

from shared.settings import ServiceSettings, service_config


class GatewaySettings(ServiceSettings):
    """Environment `GATEWAY_…`, plus the bank-wide fields. It has a client secret like a service, but no store."""

    model_config = service_config("GATEWAY_")
    service: ClassVar[str] = "gateway"

    port: int = 8080
    public_url: str = "http://localhost:8080"
    ops_host: str = "127.0.0.1"
    ops_port: int = 8081
    hold_seconds: float = Field(default=5.0, ge=0, le=10)
    """How long a request that may safely be sent again waits for an upstream that restarts."""
    hold_limit: int = Field(default=200, ge=0)
    """How many requests may wait like that at once, over all upstreams."""
    connections_per_upstream: int = Field(default=256, ge=1)
    requests_per_upstream: int = Field(default=1024, ge=1)
    """How many requests may be with one service, or wait for a connection to it; further ones are refused at once, so
    that a slow service cannot take all of the gateway."""
    sign_ins_at_once: int = Field(default=4, ge=1)
    """How many sign-ins and registrations may be with identity at one time; further ones wait up to five seconds."""
    streams: int = Field(default=2000, ge=1)
    """How many event streams may be open at once."""
    ledger_socket: Path | None = None
    """The Unix socket of the ledger's writer, on the same machine: its commands go there as frames. Not set: they go
    to the HTTP door of `transactions`, like everything else."""

    grafana_url: str = Field(default="", pattern=r"^(https?://[^\s?#]*[^\s?#/])?$")
    """Where people reach Grafana with the bank's dashboards, without a slash at its end: staff are led there. Not set:
    nobody is."""

    web_dir: Path | None = None
    """Where the web app was built; not set: `frontend/dist` of the repository, if it is there."""

    rate_per_user: int | None = Field(default=None, ge=1)
    """Requests a second; not set: 2,000 in the sandbox, 50 in production."""
    rate_per_address: int | None = Field(default=None, ge=1)
    """Requests a second; not set: 4,000 in the sandbox (this machine itself: no limit), 200 in production."""
    sign_ins_per_address: int | None = Field(default=None, ge=1)
    """Sign-ins, refreshes, codes and registrations a minute; not set: 1,200 in the sandbox, 60 in production."""
    trusted_proxies: tuple[IPvAnyNetwork, ...] = ()
    """Peers whose `X-Forwarded-For` is believed; nobody's unless set."""

    @property
    def user_rate(self) -> int:
        """Give how many requests a second a user may make."""
        return self.rate_per_user or (2000 if self.is_sandbox else 50)

    @property
    def address_rate(self) -> int:
        """Give how many requests a second may come from an address."""
        return self.rate_per_address or (4000 if self.is_sandbox else 200)

    @property
    def sign_in_rate(self) -> int:
        """Give how many sign-ins a minute may come from an address."""
        return self.sign_ins_per_address or (1200 if self.is_sandbox else 60)

    @model_validator(mode="after")
    def _public_address_is_safe(self) -> Self:
        if not self.is_sandbox and not self.public_url.startswith("https://"):
            raise ValueError("GATEWAY_PUBLIC_URL must be an https:// address outside the sandbox")
        return self
