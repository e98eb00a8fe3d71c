"""Money: integer minor units with an ISO 4217 currency. There is no other number for money in this house."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MAX_AMOUNT_MINOR = 10**12
"""The largest amount of one command, in minor units."""

MAX_BALANCE_MINOR = 2**53 - 1
"""The largest |booked| of an account: what every JSON reader holds exactly (RFC 8259 §6)."""


@lru_cache(maxsize=256)
def exponent(currency: str) -> int:
    """Give the number of decimals of an ISO 4217 currency: JPY 0, EUR 2, KWD 3.

    :raises ValueError: if the currency is unknown
    """
    from babel.core import get_global  # babel's data is large: only who formats money loads it

    fractions = get_global("currency_fractions")
    if currency not in get_global("all_currencies"):
        raise ValueError(f"{currency!r} is not an ISO 4217 currency.")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency; may be negative as a difference."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what only looks like an integer."""
        if type(self.amount_minor) is not int:
            raise TypeError("An amount is an integer of minor units.")

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency.

        :raises ValueError: if the currencies differ
        """
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up.")
        return Money(self.amount_minor + other.amount_minor, self.currency)


def allocate(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weights without losing a minor unit: by largest remainder, the first of equals first.

    A negative amount is split as its opposite. A part is never more than one minor unit from its exact share, and a
    weight of nothing gets nothing.

    :raises ValueError: if a weight is negative or all are nothing
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("Weights are not negative, and one is more than nothing.")
    sign, rest = (-1, -amount_minor) if amount_minor < 0 else (1, amount_minor)
    shares = [divmod(rest * weight, total) for weight in weights]
    left = rest - sum(whole for whole, _ in shares)
    lucky = sorted(range(len(shares)), key=lambda index: -shares[index][1])[:left]
    return [sign * (whole + (index in lucky)) for index, (whole, _) in enumerate(shares)]


def format_money(amount_minor: int, currency: str, *, locale: str = "en") -> str:
    """Write an amount the way people of a locale read it, exact to the minor unit."""
    from babel.numbers import format_currency

    major = Decimal(amount_minor).scaleb(-exponent(currency))
    return format_currency(major, currency, locale=locale)
