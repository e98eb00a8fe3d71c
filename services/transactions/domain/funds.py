"""Whether there is enough: available = booked + overdraft limit − min balance − held."""

from services.transactions.domain.ledger_account import LedgerAccount
from shared.errors import Conflict


class InsufficientFunds(Conflict):
    """The amount exceeds what the payer has available."""

    code = "transactions.insufficient-funds"
    title = "Not enough available"
    next_step = "Choose an amount up to available_minor, or pay money in first."


def require_funds(*, payer: LedgerAccount, amount_minor: int) -> None:
    """Check that a debit by a customer or teller is covered.

    :raises InsufficientFunds: with every number that decided, in minor units
    """
    if amount_minor > payer.available_minor:
        raise InsufficientFunds(
            f"Available is {payer.available_minor} minor units, {amount_minor} were asked for.",
            account_id=payer.id,
            currency=payer.currency,
            amount_minor=amount_minor,
            available_minor=payer.available_minor,
            booked_minor=payer.booked_minor,
            held_minor=payer.held_minor,
            min_balance_minor=payer.min_balance_minor,
            overdraft_limit_minor=payer.overdraft_limit_minor,
            options=_ways_out(amount_minor, payer.available_minor),
        )


def _ways_out(asked_minor: int, available_minor: int) -> list[dict[str, object]]:
    """Say what would pass instead: a smaller amount, where any is available, or this much more money."""
    ways: list[dict[str, object]] = [{"action": "pay-in", "amount_minor": asked_minor - available_minor}]
    if available_minor > 0:
        ways.insert(0, {"action": "lower-amount", "amount_minor": available_minor})
    return ways
