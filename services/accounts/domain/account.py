"""The contract between customers and the bank: what an account is, and when it may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.accounts.domain.own_limits import tighter
from services.accounts.domain.product import Product
from shared.contracts.caller import Caller
from shared.errors import Conflict, Forbidden, Invalid, NotFound


class AccountStatus(StrEnum):
    """Where an account is in its life. What ends in -ing is on its way: the ledger does not hold its contract yet."""

    OPENING = "opening"
    OPEN = "open"
    DORMANT = "dormant"
    FREEZING = "freezing"
    FROZEN = "frozen"
    UNFREEZING = "unfreezing"
    CLOSING = "closing"
    CLOSED = "closed"


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


class DepositAtDeskOnly(Forbidden):
    """Cash is taken in at a desk, by staff who open the account there."""

    code = "accounts.deposit-at-desk-only"
    title = "An initial deposit is taken in at a teller's desk"
    next_step = "Open the account without initial_deposit_minor and pay in afterwards."


class DepositNeedsChecker(Conflict):
    """So much cash needs a second pair of eyes, which an opening does not wait for."""

    code = "accounts.deposit-needs-checker"
    title = "So large a deposit needs a checker"
    next_step = "Open the account without initial_deposit_minor, then book the deposit at POST /api/v1/deposits."


LARGE_CASH_MINOR = 5_000_000
"""Cash of this much, in minor units, is not taken in by one person alone."""


def check_initial_deposit(*, caller: Caller, amount_minor: int | None) -> None:
    """Refuse an initial deposit that is not the caller's to take in; None is none.

    :raises DepositAtDeskOnly: if the caller is no staff at a desk
    :raises DepositNeedsChecker: if it is so much that a second person has to look at it
    """
    if amount_minor is None:
        return
    if not caller.has("teller", "officer", "supervisor"):
        raise DepositAtDeskOnly
    if amount_minor >= LARGE_CASH_MINOR:
        raise DepositNeedsChecker(amount_minor=amount_minor, checker_from_minor=LARGE_CASH_MINOR)


@dataclass(frozen=True, slots=True)
class OpeningDeposit:
    """Cash taken in at a desk with the opening: minor units of the account's currency, by which user, where."""

    amount_minor: int
    by: str
    branch_id: str


@dataclass(frozen=True, slots=True)
class Payout:
    """Where the rest goes when an account is closed, and how much of it may go without a checker (None: all)."""

    account_id: str
    limit_minor: int | None = None


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
    status: str = "open"
    freeze: str = "none"
    mandate: str = "either"
    waived_fees: tuple[str, ...] = ()
    own_limits: Mapping[str, int] = field(default_factory=dict)
    opening: OpeningDeposit | None = None
    payout: Payout | None = None

    @property
    def once(self) -> str | None:
        """Give the key under which the ledger keeps its answer, where the contract comes with a booking."""
        return f"contract:{self.account_id}:{self.version}" if self.opening or self.payout else None

    def to_ledger(self) -> dict[str, object]:
        """Give the body of `PUT /internal/ledger-accounts/{account_id}`; amounts in minor units."""
        body: dict[str, object] = {
            "version": self.version,
            "account_number": self.account_number,
            "owners": list(self.owners),
            "holder_name": self.holder_name,
            "mandate": self.mandate,
            "product": self.product.code,
            "currency": self.currency,
            "branch_id": self.branch_id,
            "min_balance_minor": self.product.min_balance_minor,
            "overdraft_limit_minor": self.product.overdraft_limit_minor,
            "limits": {"kyc_level": self.kyc_level} | tighter(self.product.own_limits, self.own_limits),
            "customer_may_deposit": self.product.customer_may_deposit,
            "status": self.status,
            "freeze": self.freeze,
            "waived_fees": list(self.waived_fees),
        }
        if self.opening is not None:
            body |= {
                "opening_deposit_minor": self.opening.amount_minor,
                "opening_cash_branch_id": self.opening.branch_id,
            }
        if self.payout is not None:
            body |= {"payout_account_id": self.payout.account_id, "payout_limit_minor": self.payout.limit_minor}
        return body
