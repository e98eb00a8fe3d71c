"""Money: integer minor units with an ISO 4217 currency. There is no other number for money in this house."""

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


def format_money(amount_minor: int, currency: str, *, locale: str = "en") -> str:
    """Write an amount the way people of a locale read it, exact to the minor unit."""
    from babel.numbers import format_currency

    major = Decimal(amount_minor).scaleb(-exponent(currency))
    return format_currency(major, currency, locale=locale)
