"""Settings of the ledger, from variables that begin with TRANSACTIONS_."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import ClassVar

from pydantic import Field, NonNegativeInt

from services.transactions.domain.approval import ApprovalRule
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.bank_rules import PRODUCTION_RULES, SANDBOX_RULES, BankRules
from services.transactions.domain.limits import Limits
from shared.settings import ServiceSettings, service_config


class TransactionsSettings(ServiceSettings):
    """Where the writer listens and how much it takes at once."""

    model_config = service_config("TRANSACTIONS_")
    service: ClassVar[str] = "transactions"

    port: int = 8003
    writer_socket: Path | None = None
    writer_ops_port: int = 8013
    queue_limit: int = 20_000
    """Commands that may wait for the writer; one more is answered 503."""
    batch_postings: int = 4_096
    """Postings of one group commit."""
    kyc_caps: dict[NonNegativeInt, dict[str, Limits]] | None = None
    """Caps by KYC level and currency (`*`: any other), as JSON; unset: those of the environment."""
    back_value_days: int | None = Field(default=None, ge=0, le=3660)
    """How far back a supervisor may value a booking; unset: 30 days, in the sandbox 90."""
    holidays: str = "TARGET"
    """Which days are no banking days: TARGET, WEEKDAYS (weekends only), or a country's, as DE."""
    time_zone: str | None = None
    """By whose wall clock a business date ends; unset: Europe/Berlin, in the sandbox UTC."""
    cut_off: time = time(0, 0)
    """From when on a booking belongs to the next business date; 00:00 is the end of the day itself."""
    banking_days_only: bool = False
    """Whether a business date is always a banking day: Friday's end then opens Monday."""
    dormant_after_days: int = Field(default=730, ge=0, le=36_600)
    """After how long without a movement an account turns dormant; 0: never."""
    step_up_from_minor: int | None = Field(default=None, ge=1)
    """From which amount a customer confirms a transfer by a step-up; unset: 100,000, in the sandbox 1,000,000."""
    new_payee_from_minor: int | None = Field(default=None, ge=1)
    """The same for a payee to whom nothing was confirmed before; unset: 3,000, in the sandbox 100,000."""
    new_payee_limit_minor: int | None = Field(default=None, ge=1)
    """What a new payee gets from one customer on a business date until its cooling-off is over (which `accounts` sets
    by ACCOUNTS_PAYEE_COOLING_HOURS); unset: 50,000, in the sandbox no limit."""
    approvals: dict[str, ApprovalRule] | None = None
    """Which commands of the desk (deposit, withdrawal, reversal) wait for a second person, from which amount on, as
    JSON; unset: from 1,000,000 on, in the sandbox 5,000,000."""
    invariants_seconds: float = 10
    """How often the API's process looks whether the ledger's invariants hold; 0: never."""
    invariants_anew_seconds: float = 900
    """How often that check begins with the first entry again; in between it goes on with what was booked since."""

    @property
    def rules(self) -> BankRules:
        """Give what this bank has decided for itself."""
        preset = SANDBOX_RULES if self.is_sandbox else PRODUCTION_RULES
        names = (
            "kyc_caps", "back_value_days", "step_up_from_minor", "new_payee_from_minor", "new_payee_limit_minor",
            "approvals",
        )  # fmt: skip
        given = {name: getattr(self, name) for name in names}
        return replace(preset, **{name: value for name, value in given.items() if value is not None})

    @property
    def calendar(self) -> BankCalendar:
        """Give the bank's calendar."""
        zone = self.time_zone or ("UTC" if self.is_sandbox else "Europe/Berlin")
        return BankCalendar(
            name=self.holidays, zone=zone, cut_off=self.cut_off, banking_days_only=self.banking_days_only
        )

    @property
    def socket_path(self) -> Path:
        """Give the writer's Unix socket; in the data folder unless set."""
        return self.writer_socket or self.data_dir.resolve() / "run" / "ledger.sock"
