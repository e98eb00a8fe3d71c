"""The chart of accounts: the bank's own ledger accounts, their kinds, normal sides and names.

Each exists once per currency, cash once per branch as well. One comes into being with its first entry; its id follows
from what it is, so that nobody has to be asked for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.transactions.domain.ledger_account import Direction, LedgerAccount
from shared.ids import derived_id

InternalKind = Literal[
    "cash", "clearing", "fee-income", "interest-income", "interest-expense", "over-short", "suspense"
]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One kind of internal account: its normal side, what people call it, and whether each branch has its own."""

    kind: InternalKind
    normal: Direction
    name: str
    per_branch: bool = False


CHART: Mapping[str, ChartLine] = {
    line.kind: line
    for line in (
        ChartLine("cash", "debit", "Cash", per_branch=True),
        ChartLine("clearing", "debit", "Clearing"),
        ChartLine("fee-income", "credit", "Fee income"),
        ChartLine("interest-income", "credit", "Interest income"),
        ChartLine("interest-expense", "debit", "Interest expense"),
        ChartLine("over-short", "debit", "Cash over and short"),
        ChartLine("suspense", "credit", "Suspense"),
    )
}
"""Assets and expenses are debit-normal; income, and what the bank owes until it knows to whom, is credit-normal."""

CUSTOMERS = "customer"
"""The kind of every customer's account: a liability, so credit-normal."""


def internal_account(kind: InternalKind, *, currency: str, branch_id: str = "main") -> LedgerAccount:
    """Give an internal account as it is before its first entry; the branch counts for cash only."""
    line = CHART[kind]
    place = (branch_id, currency) if line.per_branch else (currency,)
    return LedgerAccount(
        id=derived_id("ledger", kind, *place),
        kind=kind,
        normal=line.normal,
        currency=currency,
        branch_id=branch_id if line.per_branch else "main",
    )


def account_name(*, kind: str, branch_id: str = "") -> str:
    """Give what people call an internal account, with its branch where each has its own."""
    line = CHART.get(kind)
    if line is None:
        return kind
    return f"{line.name}, branch {branch_id}" if line.per_branch else line.name


def cash_account(*, branch_id: str, currency: str) -> LedgerAccount:
    """Give a branch's cash account as it is before its first entry."""
    return internal_account("cash", currency=currency, branch_id=branch_id)


def clearing_account(*, currency: str) -> LedgerAccount:
    """Give the clearing account of a currency as it is before its first entry."""
    return internal_account("clearing", currency=currency)
