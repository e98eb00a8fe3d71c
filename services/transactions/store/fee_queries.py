"""What a month was on accounts: lowest end-of-day balances and orders that paid out, in set queries."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session

from services.transactions.store.day_store import END_OF_DAY
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS

CHARGED_ITEMS = ("transfer", "withdrawal")
"""Entries that a customer, or the desk for one, ordered out of an account."""


def lowest_since(session: Session, account_ids: Sequence[str], first: date) -> dict[str, int]:
    """Give the lowest end-of-day balance of accounts that follow each other by id, from a day on.

    Days on which an account did not move hold what the last day before that held; one that never moved holds 0.
    """
    if not account_ids:
        return {}
    mine = END_OF_DAY.c.account_id.between(account_ids[0], account_ids[-1])
    within = select(END_OF_DAY.c.account_id, func.min(END_OF_DAY.c.booked_minor)).where(
        mine, END_OF_DAY.c.business_date >= first
    )
    found = {account_id: int(low) for account_id, low in session.execute(within.group_by(END_OF_DAY.c.account_id))}
    newest = (
        select(END_OF_DAY.c.account_id, func.max(END_OF_DAY.c.business_date).label("day"))
        .where(mine, END_OF_DAY.c.business_date < first)
        .group_by(END_OF_DAY.c.account_id)
        .subquery()
    )
    before = select(END_OF_DAY.c.account_id, END_OF_DAY.c.booked_minor).join(
        newest,
        (newest.c.account_id == END_OF_DAY.c.account_id) & (newest.c.day == END_OF_DAY.c.business_date),
    )
    for account_id, booked in session.execute(before):
        found[account_id] = min(found.get(account_id, int(booked)), int(booked))
    return found


def items_between(session: Session, account_ids: Sequence[str], *, after: int, until: int) -> dict[str, int]:
    """Count the orders that paid out of accounts in a stretch of the journal; reversed ones do not count."""
    if not account_ids:
        return {}
    undone = select(ENTRIES.c.reverses).where(ENTRIES.c.reverses.is_not(None), ENTRIES.c.sequence > after)
    query = (
        select(POSTINGS.c.account_id, func.count())
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.entry_sequence > after, POSTINGS.c.entry_sequence <= until, POSTINGS.c.direction == "debit")
        .where(POSTINGS.c.account_id.between(account_ids[0], account_ids[-1]), ENTRIES.c.type.in_(CHARGED_ITEMS))
        .where(ENTRIES.c.id.not_in(undone))
        .group_by(POSTINGS.c.account_id)
    )
    return {account_id: int(count) for account_id, count in session.execute(query)}


class ContractFees(NamedTuple):
    """What an account's contract says of fees: the least that it is to hold, in minor units, and what is waived."""

    floor_minor: int = 0
    waived: frozenset[str] = frozenset()


def contracts_of(session: Session, account_ids: Sequence[str]) -> dict[str, ContractFees]:
    """Give what the contracts of accounts that follow each other by id say of fees."""
    if not account_ids:
        return {}
    query = select(ACCOUNTS.c.id, ACCOUNTS.c.min_balance_minor, ACCOUNTS.c.waived_fees)
    found = session.execute(query.where(ACCOUNTS.c.id.between(account_ids[0], account_ids[-1])))
    return {
        one: ContractFees(int(floor), frozenset(waived.split(",")) if waived else frozenset())
        for one, floor, waived in found
    }
