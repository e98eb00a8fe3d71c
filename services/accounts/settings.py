"""What `accounts` reads from the environment (prefix `ACCOUNTS_`)."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from shared.settings import ServiceSettings, service_config


class AccountsSettings(ServiceSettings):
    """The settings of `accounts`; in the sandbox new customers are verified at once."""

    model_config = service_config("ACCOUNTS_")
    service: ClassVar[str] = "accounts"

    port: int = 8002
    reopen_days: int = 30
    """How long after its closing an account may be opened again, by the bank's clock."""
    payee_cooling_hours: int | None = Field(default=None, ge=0, le=24 * 90)
    """How long a new payee is good for small amounts only, by the bank's clock; unset: 24, in the sandbox 0 (off)."""
    email_confirmation: Literal["auto", "on", "off"] = "auto"
    """Answer each registration alike and confirm the address by mail, as identity does; auto: not in the sandbox.
    Where it is on, a customer confirms a new telephone number with a step-up, too."""

    masking: Literal["auto", "on", "off"] = "auto"
    """Mask a customer's personal data for staff until they say why they need them; auto: not in the sandbox."""

    @model_validator(mode="after")
    def _strict_in_production(self) -> Self:
        if not self.is_sandbox and self.email_confirmation == "off":
            raise ValueError("production confirms e-mail addresses")
        if not self.is_sandbox and self.masking == "off":
            raise ValueError("production masks personal data")
        return self

    @property
    def cooling_off_hours(self) -> int:
        """Give for how many hours a new payee is good for small amounts only; 0: not at all."""
        if self.payee_cooling_hours is not None:
            return self.payee_cooling_hours
        return 0 if self.is_sandbox else 24

    @property
    def masks_personal_data(self) -> bool:
        """Tell whether staff see a customer's personal data only with a reason, or wherever they wish it so."""
        return self.masking == "on" or (self.masking == "auto" and not self.is_sandbox)

    @property
    def confirms_email(self) -> bool:
        """Tell whether a registration says nothing but that a mail was sent."""
        return self.email_confirmation == "on" or (self.email_confirmation == "auto" and not self.is_sandbox)
