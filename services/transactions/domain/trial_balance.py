"""The trial balance: what every account holds, each on its side; per currency both sides are equal."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.transactions.domain.chart_of_accounts import CHART, CUSTOMERS, account_name
from services.transactions.domain.ledger_account import Direction


@dataclass(frozen=True, slots=True)
class Holding:
    """What one account holds, in minor units, counted in its normal direction."""

    account_id: str
    kind: str
    normal: Direction
    currency: str
    product: str
    branch_id: str
    booked_minor: int

    @property
    def name(self) -> str:
        """Give what people call the account."""
        return account_name(kind=self.kind, branch_id=self.branch_id)


@dataclass(slots=True)
class Line:
    """One line: an account of the bank's own, or all customers' accounts of a product. Amounts in minor units."""

    kind: str
    name: str
    account_id: str | None = None
    product: str | None = None
    accounts: int = 0
    debit_minor: int = 0
    credit_minor: int = 0

    def add(self, holding: Holding) -> None:
        """Put what an account holds on its side: an overdrawn customer is a debit."""
        owed = holding.booked_minor if holding.normal == "credit" else -holding.booked_minor
        self.accounts += 1
        self.credit_minor += max(0, owed)
        self.debit_minor += max(0, -owed)


@dataclass(frozen=True, slots=True)
class CurrencyBalance:
    """The lines of one currency with their sums, in minor units."""

    currency: str
    lines: tuple[Line, ...]
    debit_minor: int
    credit_minor: int

    @property
    def balanced(self) -> bool:
        """Tell whether debits are credits."""
        return self.debit_minor == self.credit_minor


def trial_balance(holdings: Iterable[Holding]) -> list[CurrencyBalance]:
    """Give the trial balance of each currency: the bank's own accounts in the order of the chart, then products."""
    by_currency: dict[str, dict[tuple[int, str], Line]] = {}
    order = {kind: place for place, kind in enumerate((*CHART, CUSTOMERS))}
    for one in holdings:
        lines = by_currency.setdefault(one.currency, {})
        if one.kind == CUSTOMERS:
            key = (order[CUSTOMERS], one.product)
            line = lines.setdefault(key, Line(CUSTOMERS, f"Customers, {one.product}", product=one.product))
        else:
            key = (order.get(one.kind, len(order)), one.account_id)
            line = lines.setdefault(key, Line(one.kind, one.name, account_id=one.account_id))
        line.add(one)
    return [_sum_up(currency, by_currency[currency]) for currency in sorted(by_currency)]


def _sum_up(currency: str, lines: dict[tuple[int, str], Line]) -> CurrencyBalance:
    ordered = tuple(lines[key] for key in sorted(lines))
    return CurrencyBalance(
        currency, ordered, sum(one.debit_minor for one in ordered), sum(one.credit_minor for one in ordered)
    )
