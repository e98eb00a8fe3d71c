"""Limits on what leaves an account: per transaction, business day, month and number a day.

They bind what a customer or the desk orders: a transfer, a withdrawal, a hold when it is placed (its capture counts no
second time). They do not bind the bank's own entries and reversals. What a hold gives back, and a transfer or
withdrawal that is reversed, is given back to the day and month that it was counted in; the number of orders is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from shared.errors import Conflict

COUNTED = frozenset({"transfer", "withdrawal"})
"""Types of entry whose payer's usage grows; a hold counts by itself."""


class LimitExceeded(Conflict):
    """The order would pass a limit of the account or of its holder's KYC level."""

    code = "transactions.limit-exceeded"
    title = "A limit would be exceeded"
    next_step = "Choose a smaller amount, wait until the limit renews, or ask the bank to raise it."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may leave an account, in minor units of its currency, and how many orders a day; None: no limit."""

    per_transaction_minor: int | None = None
    per_day_minor: int | None = None
    per_month_minor: int | None = None
    per_day_count: int | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Limits":
        """Read limits by their names; other names are ignored."""
        return cls(*(values.get(name) for name in LIMIT_NAMES))

    def capped_by(self, caps: "Limits") -> "Limits":
        """Give the tighter of two limits, one by one."""
        return Limits(*(_tighter(getattr(self, name), getattr(caps, name)) for name in LIMIT_NAMES))


LIMIT_NAMES = ("per_transaction_minor", "per_day_minor", "per_month_minor", "per_day_count")
UNLIMITED = Limits()


def _tighter(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def require_within_limits(*, payer: LedgerAccount, limits: Limits, amount_minor: int, business_date: date) -> None:
    """Check an order against the limits, given what was used of them on this business date and in its month.

    :raises LimitExceeded: with the limit, what is used of it, what was asked for and the day it renews on
    """
    if limits is UNLIMITED or limits == UNLIMITED:
        return
    day = business_date.isoformat()
    of_today, of_month = payer.usage_day == day, payer.usage_day[:7] == day[:7]
    for name, limit, used in (
        ("per-transaction", limits.per_transaction_minor, 0),
        ("per-day", limits.per_day_minor, payer.day_debited_minor if of_today else 0),
        ("per-month", limits.per_month_minor, payer.month_debited_minor if of_month else 0),
    ):
        if limit is not None and used + amount_minor > limit:
            raise LimitExceeded(
                f"The limit {name} is {limit} minor units; {used} are used, {amount_minor} were asked for.",
                account_id=payer.id,
                currency=payer.currency,
                limit=name,
                limit_minor=limit,
                used_minor=used,
                amount_minor=amount_minor,
                renews_on=_renews_on(name, business_date),
            )
    orders = payer.day_debits if of_today else 0
    if limits.per_day_count is not None and orders >= limits.per_day_count:
        raise LimitExceeded(
            f"The limit per-day-count is {limits.per_day_count} orders; {orders} were taken today.",
            account_id=payer.id,
            currency=payer.currency,
            limit="per-day-count",
            limit_count=limits.per_day_count,
            used_count=orders,
            amount_minor=amount_minor,
            renews_on=_renews_on("per-day-count", business_date),
        )


def _renews_on(limit: str, business_date: date) -> str | None:
    """Give the business date on which a limit is whole again; None for one that is not used up."""
    if limit == "per-transaction":
        return None
    if limit == "per-month":
        return (business_date.replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
    return (business_date + timedelta(days=1)).isoformat()


def count_debit(*, payer: LedgerAccount, amount_minor: int, business_date: date) -> None:
    """Add an order to what the account used; a new day and a new month begin at nothing."""
    day = business_date.isoformat()
    if payer.usage_day != day:
        if payer.usage_day[:7] != day[:7]:
            payer.month_debited_minor = 0
        payer.usage_day, payer.day_debited_minor, payer.day_debits = day, 0, 0
    payer.day_debited_minor += amount_minor
    payer.month_debited_minor += amount_minor
    payer.day_debits += 1


def give_back(*, payer: LedgerAccount, amount_minor: int, counted_on: date) -> None:
    """Take an amount off the usage of the day and month that it was counted in, if those are still the current ones."""
    day = counted_on.isoformat()
    if payer.usage_day == day:
        payer.day_debited_minor = max(0, payer.day_debited_minor - amount_minor)
    if payer.usage_day[:7] == day[:7]:
        payer.month_debited_minor = max(0, payer.month_debited_minor - amount_minor)


def count_entry(entry: JournalEntry, *, payer: LedgerAccount) -> None:
    """Count an entry that was booked; one of another type counts nothing."""
    if entry.type in COUNTED:
        count_debit(payer=payer, amount_minor=entry.amount.amount_minor, business_date=entry.business_date)


def uncount_entry(original: JournalEntry, *, payer: LedgerAccount) -> None:
    """Give back what an entry counted that is now reversed. `payer` is the original's payer."""
    if original.type in COUNTED:
        give_back(payer=payer, amount_minor=original.amount.amount_minor, counted_on=original.business_date)
