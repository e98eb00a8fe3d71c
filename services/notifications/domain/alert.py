"""Alerts that a customer set: a balance below a line, a large amount. Each crossing of the line is told once."""

from dataclasses import dataclass

from services.notifications.domain.notice import Notice


@dataclass(slots=True)
class BalanceLine:
    """A line under the balance of an account, in minor units, and whether the balance is known to be below."""

    customer_id: str
    account_id: str
    currency: str
    below_minor: int
    is_below: bool


@dataclass(frozen=True, slots=True)
class LargeAmount:
    """From how much on, in minor units of one currency, a movement is worth a word of its own."""

    from_minor: int
    currency: str


def crossing(line: BalanceLine, *, moved: Notice) -> Notice | None:
    """Move the line's state to where a booking left the balance; give what to tell if it fell below just now.

    Ten debits below the line are one alert; the next one comes after the balance was at the line again.
    """
    after = moved.balance_after_minor
    if after is None or moved.currency != line.currency or moved.params.get("account_id") != line.account_id:
        return None
    was_below, line.is_below = line.is_below, after < line.below_minor
    if was_below or not line.is_below:
        return None
    params = {**moved.params, "below_minor": str(line.below_minor)}
    return Notice(kind="balance-low", params=params, amount_minor=after, currency=line.currency, by_mail=True)


def large_movement(large: LargeAmount | None, *, moved: Notice) -> Notice | None:
    """Give what to tell if a movement is as large as the customer said."""
    if large is None or moved.amount_minor is None or moved.entry_id is None:
        return None
    if moved.currency != large.currency or moved.amount_minor < large.from_minor:
        return None
    return Notice(
        kind="large-movement",
        params=moved.params,
        amount_minor=moved.amount_minor,
        currency=moved.currency,
        entry_id=moved.entry_id,
        by_mail=True,
    )
