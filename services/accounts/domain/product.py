"""What kinds of account the bank offers."""

from dataclasses import dataclass

from shared.errors import Invalid, NotFound


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


@dataclass(frozen=True, slots=True)
class SeededProduct:
    """A product as the bank starts with it, and its first rate in hundredths of a per cent a year."""

    product: Product
    rate_basis_points: int
    sandbox_only: bool = False


CATALOGUE: tuple[SeededProduct, ...] = (
    SeededProduct(Product("current", "Current account", ("EUR", "JPY", "KWD")), 0),
    SeededProduct(Product("savings", "Savings account", ("EUR",), min_balance_minor=1000), 275),
    SeededProduct(
        Product("everyday", "Everyday account", ("EUR", "JPY", "KWD"), customer_may_deposit=True), 0, sandbox_only=True
    ),
    # Until terms and instalments exist, these two behave as savings at a rate of their own.
    SeededProduct(Product("fixed-deposit", "Fixed deposit", ("EUR",), min_balance_minor=1000), 350),
    SeededProduct(Product("recurring-deposit", "Recurring deposit", ("EUR",), min_balance_minor=1000), 300),
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
