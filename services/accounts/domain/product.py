"""What kinds of account the bank offers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from shared.errors import Conflict, Invalid, NotFound


class UnknownProduct(Invalid):
    """There is no such product, or it is not offered to the one who asks."""

    code = "accounts.unknown-product"
    title = "The bank does not offer this product"
    next_step = "Choose one of the products that GET /api/v1/products lists."


class ProductNotFound(NotFound):
    """There is no such product."""

    code = "accounts.product-not-found"
    title = "No such product"
    next_step = "Choose one of the products that GET /api/v1/products lists."


class CurrencyNotOffered(Invalid):
    """The product is not kept in this currency."""

    code = "accounts.currency-not-offered"
    title = "The product is not offered in this currency"
    next_step = "Choose one of the product's currencies."


class ProductExists(Conflict):
    """Another product has this id or this name."""

    code = "accounts.product-exists"
    title = "Another product has this id or name"
    next_step = "Choose another id and another name, or change that product."


class BadEffectiveDate(Invalid):
    """What is past cannot be changed any more."""

    code = "accounts.bad-effective-date"
    title = "The effective date lies in the past"
    next_step = "Choose today or a later day; earliest names the first possible one."


class BadTerms(Invalid):
    """The terms do not fit together."""

    code = "accounts.bad-terms"
    title = "The terms do not fit together"
    next_step = "Correct what the detail names."


class FeeNotWaivable(Conflict):
    """The product has no such fee in the account's currency, or its terms do not let it be waived."""

    code = "accounts.fee-not-waivable"
    title = "This fee cannot be waived"
    next_step = "Waive only fees that the product's terms call waivable."


class ProductKind(StrEnum):
    """What an account of a product is for."""

    CURRENT = "current"
    SAVINGS = "savings"
    FIXED_DEPOSIT = "fixed-deposit"
    RECURRING_DEPOSIT = "recurring-deposit"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in minor units, for accounts in its currency; a balance of `waived_from_minor` waives it.

    `kind` is monthly, per-item or below-minimum. Only a waivable one can be waived, by a balance or for an account.
    """

    kind: str
    amount_minor: int
    currency: str
    waivable: bool = False
    waived_from_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """The terms of a product; amounts in minor units of the account's currency."""

    code: str
    name: str
    currencies: tuple[str, ...]
    customer_may_deposit: bool = False
    min_balance_minor: int = 0
    overdraft_limit_minor: int = 0
    open_to_customers: bool = True
    kind: str = ProductKind.CURRENT
    day_count: str = "act/365f"
    capitalisation: str = "monthly"
    fees: tuple[Fee, ...] = ()
    limits: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def own_limits(self) -> dict[str, int]:
        """Give the limits that the product sets, by name; what it leaves open is not there."""
        return {name: value for name, value in self.limits.items() if value is not None}

    def to_terms(self) -> dict[str, Any]:
        """Give the terms as they are kept and told: everything but the product's id."""
        return {
            "name": self.name,
            "kind": str(self.kind),
            "currencies": list(self.currencies),
            "min_balance_minor": self.min_balance_minor,
            "overdraft_limit_minor": self.overdraft_limit_minor,
            "customer_may_deposit": self.customer_may_deposit,
            "open_to_customers": self.open_to_customers,
            "day_count": self.day_count,
            "capitalisation": self.capitalisation,
            "fees": [asdict(fee) for fee in self.fees],
            "limits": {name: self.limits.get(name) for name in LIMIT_NAMES},
        }

    @classmethod
    def of_terms(cls, code: str, terms: Mapping[str, Any]) -> "Product":
        """Read terms back."""
        values = dict(terms)
        fees = tuple(Fee(**fee) for fee in values.pop("fees"))
        currencies = tuple(values.pop("currencies"))
        return cls(code=code, currencies=currencies, fees=fees, **values)


LIMIT_NAMES = ("per_transaction_minor", "per_day_minor", "per_month_minor", "per_day_count")


def check_terms_fit(product: Product) -> None:
    """Refuse terms that contradict themselves.

    :raises BadTerms: saying which
    """
    if product.min_balance_minor and product.overdraft_limit_minor:
        raise BadTerms("An account cannot have a minimum balance and an overdraft.")
    if product.kind != ProductKind.CURRENT and product.overdraft_limit_minor:
        raise BadTerms("Only a current account has an overdraft.")
    seen = [(fee.kind, fee.currency) for fee in product.fees]
    if len(set(seen)) != len(seen):
        raise BadTerms("A kind of fee stands there twice in one currency.")
    if any(fee.currency not in product.currencies for fee in product.fees):
        raise BadTerms("A fee is in a currency that the product is not kept in.")
    if any(fee.waived_from_minor is not None and not fee.waivable for fee in product.fees):
        raise BadTerms("A fee that cannot be waived names a balance that waives it.")


def require_waivable(product: Product, kinds: Sequence[str], *, currency: str) -> None:
    """Refuse to waive what the terms do not let be waived.

    :raises FeeNotWaivable: naming the first such kind
    """
    waivable = {fee.kind for fee in product.fees if fee.waivable and fee.currency == currency}
    for kind in kinds:
        if kind not in waivable:
            raise FeeNotWaivable(fee=kind, waivable=sorted(waivable))


def check_effective(effective_from: date, *, today: date) -> None:
    """Refuse a change of what is past.

    :raises BadEffectiveDate: if the day is before today
    """
    if effective_from < today:
        raise BadEffectiveDate(effective_from=effective_from.isoformat(), earliest=today.isoformat())


@dataclass(frozen=True, slots=True)
class SeededProduct:
    """A product as the bank starts with it, and its first rate in hundredths of a per cent a year."""

    product: Product
    rate_basis_points: int
    sandbox_only: bool = False


_SAVINGS, _FIXED, _RECURRING = ProductKind.SAVINGS, ProductKind.FIXED_DEPOSIT, ProductKind.RECURRING_DEPOSIT
CATALOGUE: tuple[SeededProduct, ...] = (
    SeededProduct(Product("current", "Current account", ("EUR", "JPY", "KWD")), 0),
    SeededProduct(Product("savings", "Savings account", ("EUR",), min_balance_minor=1000, kind=_SAVINGS), 275),
    SeededProduct(
        Product("everyday", "Everyday account", ("EUR", "JPY", "KWD"), customer_may_deposit=True), 0, sandbox_only=True
    ),
    # Until terms and instalments exist, these two behave as savings at a rate of their own.
    SeededProduct(Product("fixed-deposit", "Fixed deposit", ("EUR",), min_balance_minor=1000, kind=_FIXED), 350),
    SeededProduct(
        Product("recurring-deposit", "Recurring deposit", ("EUR",), min_balance_minor=1000, kind=_RECURRING), 300
    ),
)


def choose_currency(*, product: Product, currency: str | None) -> str:
    """Give the currency of a new account: the one asked for, else the product's first.

    :raises CurrencyNotOffered: if the product is not kept in it
    """
    if currency is None:
        return product.currencies[0]
    if currency not in product.currencies:
        raise CurrencyNotOffered(currency=currency, offered=list(product.currencies))
    return currency
