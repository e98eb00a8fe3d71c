"""The trial balance: what every account holds, each on its side; per currency both sides are equal."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.transactions.domain.chart_of_accounts import CHART, CUSTOMERS, account_name
from services.transactions.domain.ledger_account import Direction


@dataclass(frozen=True, slots=True)
class Holding:
    """What an account of the bank's own holds, or all customers' accounts of a product, in minor units.

    `above_minor` sums up balances in the normal direction, `below_minor` those in the other, both as positive numbers.
    """

    account_id: str | None
    kind: str
    normal: Direction
    currency: str
    product: str
    branch_id: str
    accounts: int
    above_minor: int
    below_minor: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an account of the bank's own, or all customers' accounts of a product. Amounts in minor units."""

    kind: str
    name: str
    account_id: str | None
    product: str | None
    accounts: int
    debit_minor: int
    credit_minor: int


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
    by_currency: dict[str, list[Line]] = {}
    for one in sorted(holdings, key=_place):
        by_currency.setdefault(one.currency, []).append(_line(one))
    return [
        CurrencyBalance(
            currency, tuple(lines), sum(one.debit_minor for one in lines), sum(one.credit_minor for one in lines)
        )
        for currency, lines in by_currency.items()
    ]


_ORDER = {kind: place for place, kind in enumerate((*CHART, CUSTOMERS))}


def _place(one: Holding) -> tuple[str, int, str, str]:
    return one.currency, _ORDER.get(one.kind, len(_ORDER)), one.product, one.branch_id


def _line(one: Holding) -> Line:
    """Put what is held on its side: what a customer owes the bank is a debit."""
    is_debit = one.normal == "debit"
    is_customers = one.kind == CUSTOMERS
    return Line(
        kind=one.kind,
        name=f"Customers, {one.product}" if is_customers else account_name(kind=one.kind, branch_id=one.branch_id),
        account_id=one.account_id,
        product=one.product if is_customers else None,
        accounts=one.accounts,
        debit_minor=one.above_minor if is_debit else one.below_minor,
        credit_minor=one.below_minor if is_debit else one.above_minor,
    )
