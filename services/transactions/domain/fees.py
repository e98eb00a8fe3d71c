"""Fees of a month: what an account is charged when the month ends, by the terms of its product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.transactions.domain.terms import FeeTerms

FEE_NAMES = {"monthly": "Account fee", "per-item": "Fee per booking", "below-minimum": "Fee below the minimum balance"}


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """What a month was on an account: its lowest end-of-day balance, its floor, and the orders that paid out of it."""

    currency: str
    lowest_minor: int
    min_balance_minor: int
    items: int
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee that is due: for so many items, in minor units in all."""

    kind: str
    amount_minor: int
    items: int


def fees_of_month(fees: Sequence[FeeTerms], month: AccountMonth) -> Iterator[Fee]:
    """Give the fees that a month costs. One that an officer waived, or a balance high enough all month, is not due."""
    for fee in fees:
        if fee.currency != month.currency or fee.amount_minor <= 0 or fee.kind in month.waived:
            continue
        if fee.waivable and fee.waived_from_minor is not None and month.lowest_minor >= fee.waived_from_minor:
            continue
        items = _items(fee.kind, month)
        if items:
            yield Fee(fee.kind, fee.amount_minor * items, items)


def _items(kind: str, month: AccountMonth) -> int:
    if kind == "monthly":
        return 1
    if kind == "below-minimum":
        return int(month.lowest_minor < month.min_balance_minor)
    return month.items if kind == "per-item" else 0
