"""The interest that is posted when an account closes: all that has accrued, up to the day before.

Who: the closing of an account, in its own command. Rule: `domain/interest.py`; the day of the closing earns nothing,
since nothing is there at its end. Says: `InterestBooked`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from services.transactions.domain.chart_of_accounts import InternalKind, internal_account
from services.transactions.domain.interest import KINDS, Accrued, Kind, settle
from services.transactions.domain.journal_entry import JournalEntry, book_pair
from services.transactions.domain.ledger_account import Direction, LedgerAccount
from services.transactions.store.own_posting_store import OwnPosting
from services.transactions.use_cases.deciding import Context, LedgerView
from shared.clock import format_time
from shared.contracts.transactions import InterestBooked
from shared.errors import Unavailable
from shared.ids import derived_id
from shared.money import Money

NAMES = {"credit": "Interest", "debit": "Overdraft interest"}


@dataclass(frozen=True, slots=True)
class FinalInterest:
    """What a closing posts before it pays the rest out; `account` is as that leaves it."""

    account: LedgerAccount
    entries: tuple[JournalEntry, ...] = ()
    postings: tuple[OwnPosting, ...] = ()
    facts: tuple[InterestBooked, ...] = field(default=())


def interest_accounts(currency: str) -> tuple[str, ...]:
    """Give the bank's own accounts that interest moves."""
    kinds: tuple[InternalKind, InternalKind] = ("interest-expense", "interest-income")
    return tuple(internal_account(kind, currency=currency).id for kind in kinds)


def book_final_interest(context: Context, view: LedgerView, account: LedgerAccount) -> FinalInterest:
    """Book what has accrued on an account: what the bank owes, and what is owed to it.

    :raises Unavailable: while an end of day is at this account; it takes moments
    """
    accrued = view.accrued(account.id)
    found = FinalInterest(replace(account))
    if accrued is None:
        return found
    if accrued.is_being_posted or accrued.until >= context.business_date:
        raise Unavailable("An end of day is at this account; ask again in a moment.", retry_after_seconds=1)
    for posting in _postings(context, account, accrued):
        entry, fact = _book(context, view, found.account, posting)
        found = FinalInterest(
            account=replace(found.account, booked_minor=entry.balance_of(account.id) or 0),
            entries=(*found.entries, entry),
            postings=(*found.postings, replace(posting, state="booked", entry_id=entry.id)),
            facts=(*found.facts, fact),
        )
    return found


def _postings(context: Context, account: LedgerAccount, accrued: Accrued) -> Iterator[OwnPosting]:
    for kind in KINDS:
        units, before = accrued.units[kind], accrued.carried[kind]
        settlement = settle(units)
        if settlement.amount_minor:
            yield OwnPosting(
                account_id=account.id,
                period=context.business_date.isoformat(),
                kind=kind,
                entry_type="interest",
                direction=_direction(kind, settlement.amount_minor),
                amount_minor=abs(settlement.amount_minor),
                currency=account.currency,
                description=f"{NAMES[kind]} until the closing",
                from_day=accrued.since[kind],
                booked_on=context.business_date,
                value_date=context.business_date,
                opening=before,
                accrued=units,
                carry=settlement.carry,
            )


def _direction(kind: Kind, amount_minor: int) -> Direction:
    return "credit" if (kind == "credit") == (amount_minor > 0) else "debit"


def _book(
    context: Context, view: LedgerView, account: LedgerAccount, posting: OwnPosting
) -> tuple[JournalEntry, InterestBooked]:
    direction: Direction = "credit" if posting.direction == "credit" else "debit"
    kind: InternalKind = "interest-expense" if direction == "credit" else "interest-income"
    against = view.internal(internal_account(kind, currency=account.currency))
    debited, credited = (account, against) if direction == "debit" else (against, account)
    booking = replace(
        context.booking(posting.description, None), entry_id=derived_id(context.entry_id, "final", posting.kind)
    )
    amount = Money(posting.amount_minor, account.currency)
    entry = book_pair(booking=booking, entry_type="interest", debited=debited, credited=credited, amount=amount)
    return entry, InterestBooked(
        entry_id=entry.id,
        account_id=account.id,
        owners=list(account.owners),
        direction=direction,
        amount_minor=posting.amount_minor,
        currency=account.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        balance_after_minor=entry.balance_of(account.id),
        value_date=entry.value_date.isoformat(),
    )
