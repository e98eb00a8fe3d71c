"""What `accounts` reads from the environment (prefix `ACCOUNTS_`)."""

from typing import ClassVar

from shared.settings import ServiceSettings, service_config


class AccountsSettings(ServiceSettings):
    """The settings of `accounts`; in the sandbox new customers are verified at once."""

    model_config = service_config("ACCOUNTS_")
    service: ClassVar[str] = "accounts"

    port: int = 8002
    reopen_days: int = 30
    """How long after its closing an account may be opened again, by the bank's clock."""
