"""Settings from the environment: bank-wide ones without a prefix, a service's own with its name in front."""

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.errors import FaultAtStart


def service_config(prefix: str) -> SettingsConfigDict:
    """Give the settings configuration of one service; `prefix` is its name in capitals and an underscore."""
    return SettingsConfigDict(env_prefix=prefix, extra="ignore", populate_by_name=True)


S = TypeVar("S", bound="BankSettings")


def _bank_wide(name: str, default: object) -> Any:
    return Field(default=default, validation_alias=AliasChoices(name, name.lower()))


class BankSettings(BaseSettings):
    """What every process of the bank knows: the environment it is in and where the others are."""

    model_config = service_config("BANK_")
    service: ClassVar[str] = ""

    environment: Literal["sandbox", "production"] = _bank_wide("BANK_ENVIRONMENT", "production")
    data_dir: Path = _bank_wide("BANK_DATA_DIR", Path("data"))
    redis_url: str = _bank_wide("REDIS_URL", "redis://127.0.0.1:8379/0")
    identity_url: str = _bank_wide("IDENTITY_URL", "http://127.0.0.1:8001")
    accounts_url: str = _bank_wide("ACCOUNTS_URL", "http://127.0.0.1:8002")
    transactions_url: str = _bank_wide("TRANSACTIONS_URL", "http://127.0.0.1:8003")
    support_url: str = _bank_wide("SUPPORT_URL", "http://127.0.0.1:8004")
    notifications_url: str = _bank_wide("NOTIFICATIONS_URL", "http://127.0.0.1:8005")
    log_level: str = _bank_wide("LOG_LEVEL", "INFO")
    otlp_endpoint: str = _bank_wide("OTEL_EXPORTER_OTLP_ENDPOINT", "")
    """Where spans are sent over OTLP/HTTP, without /v1/traces; empty: nothing is recorded."""
    trace_ratio: Annotated[float, Field(ge=0, le=1)] = _bank_wide("OTEL_TRACES_SAMPLER_ARG", 1.0)
    """The share of new traces that is recorded."""

    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def is_sandbox(self) -> bool:
        """Tell whether demo people, the mail viewer and the movable clock may exist."""
        return self.environment == "sandbox"

    def url_of(self, service: str) -> str:
        """Give the base address of a service, without a slash at the end."""
        return str(getattr(self, f"{service}_url")).rstrip("/")


class ServiceSettings(BankSettings):
    """What a service with a store adds: its store, its secret, where its listener runs and its worker answers."""

    database_url: str = ""
    client_secret: SecretStr = SecretStr("")
    listener: Literal["embedded", "off"] = "embedded"
    task_events: bool = _bank_wide("BANK_TASK_EVENTS", False)
    """Whether the worker tells of each task it runs, for flower; the ids of jobs, nothing else."""
    worker_ops_port: int = 0
    """Where the worker answers /livez, /readyz and /metrics; 0: nowhere."""
    listener_ops_port: int = 0
    """The same for a listener that is a process of its own."""

    @property
    def store_url(self) -> str:
        """Give the store's SQLAlchemy address; a file of its own in the data folder unless set."""
        path = self.data_dir.resolve() / self.service / f"{self.service}.db"
        return self.database_url or f"sqlite:///{path}"


def load(settings: type[S]) -> S:
    """Read settings from the environment.

    :raises FaultAtStart: naming each setting that is wrong, without its value
    """
    try:
        return settings()
    except ValidationError as wrong:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors(include_input=False)]
        raise FaultAtStart(f"Settings of {settings.service or 'the bank'} are wrong: {'; '.join(lines)}") from None
