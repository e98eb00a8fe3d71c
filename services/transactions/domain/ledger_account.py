"""An account as the ledger sees it: what is booked, held and available."""

from dataclasses import dataclass, field
from typing import Any, Literal

from shared.errors import Conflict, NotFound

Direction = Literal["debit", "credit"]


class AccountNotFound(NotFound):
    """The account is missing, or the caller may not see it: both answer alike."""

    code = "transactions.account-not-found"
    title = "There is no such account"
    next_step = "Choose one of the accounts that GET /api/v1/accounts lists."


class PayeeNotFound(NotFound):
    """No account of this bank has that number or id."""

    code = "transactions.payee-not-found"
    title = "There is no such payee account"
    next_step = "Compare the payee's account number with the original; it must be an account of this bank."


class AccountNotOpen(Conflict):
    """The account's contract does not allow movements now."""

    code = "transactions.account-not-open"
    title = "The account is not open"
    next_step = "Use an account that is open, or have a branch open this one again."


class AccountFrozen(Conflict):
    """The account is frozen in this direction."""

    code = "transactions.account-frozen"
    title = "The account is frozen"
    next_step = "Ask the bank why the account is frozen; an officer can lift it."


class CurrencyMismatch(Conflict):
    """The amount is in another currency than the account."""

    code = "transactions.currency-mismatch"
    title = "The account is held in another currency"
    next_step = "Name the amount in the account's own currency, account_currency."


@dataclass(slots=True)
class LedgerAccount:
    """One ledger account. `booked_minor` counts in the account's normal direction (customers: credit)."""

    id: str
    kind: str
    currency: str
    normal: Direction = "credit"
    account_number: str | None = None
    holder_name: str = ""
    owners: tuple[str, ...] = ()
    mandate: str = "either"
    product: str = ""
    branch_id: str = "main"
    min_balance_minor: int = 0
    overdraft_limit_minor: int = 0
    limits: dict[str, Any] = field(default_factory=dict)
    customer_may_deposit: bool = False
    waived_fees: str = ""
    """Kinds of fee that are not charged, with commas between them."""
    status: str = "open"
    freeze: str = "none"
    contract_version: int = 0
    booked_minor: int = 0
    held_minor: int = 0
    usage_day: str = ""
    """The business date (YYYY-MM-DD) that the usage below is of, its month the month's; text compares as it is."""
    day_debited_minor: int = 0
    day_debits: int = 0
    month_debited_minor: int = 0

    @property
    def available_minor(self) -> int:
        """Give booked + overdraft limit − min balance − held, in minor units."""
        return self.booked_minor + self.overdraft_limit_minor - self.min_balance_minor - self.held_minor

    @property
    def is_internal(self) -> bool:
        """Tell whether the account is the bank's own."""
        return self.kind != "customer"

    def require_movable(self, direction: Direction) -> None:
        """Check that the contract allows a posting in this direction.

        :raises AccountNotOpen: if the account is not open
        :raises AccountFrozen: if it is frozen in this direction
        """
        if self.status != "open":
            raise AccountNotOpen(f"The account is {self.status}.", account_id=self.id, account_status=self.status)
        if self.freeze in ("all", direction):
            raise AccountFrozen(f"The account is frozen for {self.freeze}.", account_id=self.id, freeze=self.freeze)

    def require_currency(self, currency: str) -> None:
        """Check that an amount is in the account's currency.

        :raises CurrencyMismatch: if it is not
        """
        if self.currency != currency:
            raise CurrencyMismatch(
                f"The account is held in {self.currency}, the amount is in {currency}.",
                account_id=self.id,
                account_currency=self.currency,
                currency=currency,
            )
