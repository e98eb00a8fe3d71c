"""The contract between customers and the bank: what an account is, and when it may change."""

from dataclasses import dataclass
from enum import StrEnum

from services.accounts.domain.product import Product
from shared.errors import Conflict, Invalid, NotFound


class AccountStatus(StrEnum):
    """Where an account is in its life. `opening`: the ledger does not hold its contract yet."""

    OPENING = "opening"
    OPEN = "open"


class AccountNotFound(NotFound):
    """Missing, or another customer's."""

    code = "accounts.account-not-found"
    title = "No such account"
    next_step = "Choose one of the accounts that GET /api/v1/accounts lists."


class OwnerRequired(Invalid):
    """Staff must say for whom they open an account."""

    code = "accounts.owner-required"
    title = "The customer of the new account is missing"
    next_step = "Name the customer in customer_id."


class CustomerNotVerified(Conflict):
    """The bank does not know this customer well enough for an account."""

    code = "accounts.customer-not-verified"
    title = "The customer is not verified yet"
    next_step = "Have the customer's identity checked first; then open the account."


@dataclass(frozen=True, slots=True)
class Contract:
    """What the ledger must know of an account in order to book on it; a higher `version` replaces a lower one."""

    account_id: str
    version: int
    account_number: str
    owners: tuple[str, ...]
    holder_name: str
    product: Product
    currency: str
    branch_id: str
    kyc_level: int
    """How well the bank knows the owner of whom it knows the least; the ledger caps limits by it."""

    def to_ledger(self) -> dict[str, object]:
        """Give the body of `PUT /internal/ledger-accounts/{account_id}`; amounts in minor units."""
        return {
            "version": self.version,
            "account_number": self.account_number,
            "owners": list(self.owners),
            "holder_name": self.holder_name,
            "mandate": "either",
            "product": self.product.code,
            "currency": self.currency,
            "branch_id": self.branch_id,
            "min_balance_minor": self.product.min_balance_minor,
            "overdraft_limit_minor": self.product.overdraft_limit_minor,
            "limits": {"kyc_level": self.kyc_level},
            "customer_may_deposit": self.product.customer_may_deposit,
            "status": AccountStatus.OPEN.value,
            "freeze": "none",
        }
