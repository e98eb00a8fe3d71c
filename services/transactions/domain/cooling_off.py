"""New payees: until a payee has been on a customer's list for the cooling-off, it gets small amounts only.

A payee that is on no list is always new. The limit is for all that one customer sends one new payee on a business date.
"""

from dataclasses import dataclass
from datetime import datetime

from services.transactions.domain.access import owns
from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.ledger_account import LedgerAccount
from shared.contracts.caller import Caller
from shared.errors import Conflict


class PayeeCoolingOff(Conflict):
    """The payee is new to the customer, and this would be more than a new one gets."""

    code = "transactions.payee-cooling-off"
    title = "So much does not go to a new payee yet"
    next_step = "Add the payee to your list and wait until the cooling-off is over, or send a smaller amount."


@dataclass(frozen=True, slots=True)
class PayeeStanding:
    """How a customer knows a payee: on the list, until when it is new, and what it got today while it was (minor)."""

    listed: bool = False
    cooling_until: datetime | None = None
    used_minor: int = 0

    def is_new(self, at: datetime) -> bool:
        """Tell whether the payee is new at a moment of the bank's clock."""
        return not self.listed or (self.cooling_until is not None and at < self.cooling_until)


def is_asked(*, caller: Caller, payer: LedgerAccount, payee: LedgerAccount, rules: BankRules) -> bool:
    """Tell whether an order is one of a customer to somebody else, where the bank has a cooling-off."""
    return rules.new_payee_limit_minor is not None and owns(caller, payer) and not owns(caller, payee)


def counted_as_new(*, amount_minor: int, standing: PayeeStanding, currency: str, rules: BankRules, at: datetime) -> int:
    """Give how much of an order counts for what a new payee gets today, in minor units; 0: the payee is not new.

    :raises PayeeCoolingOff: with the limit, what was used of it, and until when the payee is new
    """
    limit = rules.new_payee_limit_minor
    if limit is None or not standing.is_new(at):
        return 0
    if standing.used_minor + amount_minor > limit:
        until = standing.cooling_until
        raise PayeeCoolingOff(
            limit_minor=limit,
            used_minor=standing.used_minor,
            amount_minor=amount_minor,
            currency=currency,
            is_listed=standing.listed,
            cooling_until=None if until is None else f"{until:%Y-%m-%dT%H:%M:%S.%fZ}",
        )
    return amount_minor
