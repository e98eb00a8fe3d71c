"""Settings of identity: `IDENTITY_…` in the environment."""

from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, IPvAnyNetwork, StringConstraints, model_validator

from shared.contracts.caller import STAFF_ROLES
from shared.settings import ServiceSettings, service_config

StaffRole = Literal["teller", "officer", "supervisor", "support", "auditor", "admin"]
Sha256Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class IdentitySettings(ServiceSettings):
    """What identity needs beyond what every service needs."""

    model_config = service_config("IDENTITY_")
    service: ClassVar[str] = "identity"

    port: int = 8001
    keys_dir: Path | None = None
    service_clients: dict[str, Sha256Hex] = Field(default_factory=dict)
    """SHA-256 of each service's client secret: identity itself cannot say what the secrets are."""
    trusted_proxies: list[IPvAnyNetwork] = Field(default_factory=list)
    """Peers besides loopback whose `X-Client-Address` is believed."""

    access_token_seconds: int = Field(default=300, ge=30, le=300)
    refresh_idle_seconds: int = Field(default=12 * 3600, ge=300)
    session_seconds: int = Field(default=7 * 24 * 3600, ge=300)
    refresh_grace_seconds: int = Field(default=10, ge=0, le=60)

    email_codes: Literal["auto", "on", "off"] = "auto"
    """Ask who has no other second factor for a code by mail; auto: yes, but not in the sandbox."""
    email_confirmation: Literal["auto", "on", "off"] = "auto"
    """Let nobody sign in who has not confirmed the e-mail address; auto: yes, but not in the sandbox."""
    unconfirmed_hours: int = Field(default=72, ge=1)
    """How long a registration holds an e-mail address that nobody confirms."""
    purge_seconds: float = Field(default=300, ge=0.1)
    remind_seconds: float = Field(default=3600, ge=0.1)
    """How often the worker purges, and looks at the age of the signing key."""
    checked_roles: frozenset[StaffRole] | None = None
    """The roles that nobody gives or takes alone; unset: `admin` in the sandbox, all of staff elsewhere."""
    approval_hours: int = Field(default=72, ge=1)
    """How long a change of roles waits for a second person."""
    free_tries: int = Field(default=10, ge=1)
    """Failed sign-ins before an account makes who fails wait."""
    free_tries_per_address: int = Field(default=50, ge=1)
    longest_wait_seconds: int = Field(default=900, ge=1)
    step_up_seconds: int = Field(default=300, ge=30, le=300)
    signing_key_days: int = Field(default=90, ge=1)
    """How old a signing key gets before the worker reminds of its rotation."""

    argon2_memory_kib: int = Field(default=19_456, ge=8)
    argon2_passes: int = Field(default=2, ge=1)
    argon2_at_once: int = Field(default=2, ge=1)
    """Hashes computed at one time: each takes a core and that memory, and a flood of logins must not take all."""

    @model_validator(mode="after")
    def _costly_in_production(self) -> Self:
        if not self.is_sandbox and (self.argon2_memory_kib < 19_456 or self.argon2_passes < 2):
            raise ValueError("production hashes passwords with at least 19456 KiB and 2 passes")
        if not self.is_sandbox and "off" in (self.email_codes, self.email_confirmation):
            raise ValueError("production asks for a second factor and confirms e-mail addresses")
        if not self.is_sandbox and not self.roles_to_check >= {"supervisor", "admin"}:
            raise ValueError("in production nobody alone makes a supervisor or an admin")
        return self

    @property
    def asks_email_code(self) -> bool:
        """Tell whether a code by mail is asked from who has no other second factor."""
        return self.email_codes == "on" or (self.email_codes == "auto" and not self.is_sandbox)

    @property
    def confirms_email(self) -> bool:
        """Tell whether an e-mail address must be confirmed before its login is good."""
        return self.email_confirmation == "on" or (self.email_confirmation == "auto" and not self.is_sandbox)

    @property
    def roles_to_check(self) -> frozenset[str]:
        """Give the roles that need a second person to be given or taken."""
        if self.checked_roles is not None:
            return frozenset(self.checked_roles)
        return frozenset({"admin"}) if self.is_sandbox else STAFF_ROLES

    @property
    def keys_path(self) -> Path:
        """Give the folder of the signing keys."""
        return self.keys_dir or self.data_dir.resolve() / "identity" / "keys"
