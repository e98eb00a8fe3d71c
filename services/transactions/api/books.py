"""The books: chart of accounts, trial balance, day book. Officer, supervisor, auditor and admin read them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.transactions.api.balances import BadBalanceQuery, read_moment
from services.transactions.api.book_schemas import (
    BankAccount,
    BankAccountList,
    CurrencySums,
    DayBook,
    DayTotalAnswer,
    TrialBalance,
    TrialBalanceLine,
)
from services.transactions.api.schemas import TransactionAnswer
from services.transactions.domain.chart_of_accounts import account_name
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.trial_balance import trial_balance
from services.transactions.store.book_queries import day_entries, day_totals, holdings, list_internal
from services.transactions.store.ledger_queries import find_accounts
from services.transactions.store.ledger_store import read_business_date
from shared.clock import bank_now, format_time
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, Page
from shared.web.problems import problems
from shared.web.schemas import IsoDate

router = APIRouter(prefix="/api/v1/ledger", tags=["ledger"])


@router.get("/accounts", responses=problems(BadCursor))
def list_bank_accounts(request: Request, page: Page) -> BankAccountList:
    """List the bank's own accounts with their balances, each counted in its normal direction."""
    store: Store = request.app.state.store
    with store.read() as session:
        found = list_internal(session, after=page.after, limit=page.limit + 1)
    items, following = page.cut(found, lambda one: one.id)
    shown = [
        BankAccount(
            id=one.id,
            kind=one.kind,
            name=account_name(kind=one.kind, branch_id=one.branch_id),
            normal=one.normal,
            currency=one.currency,
            branch_id=one.branch_id if one.kind == "cash" else None,
            booked_minor=one.booked_minor,
        )
        for one in items
    ]
    return BankAccountList(items=shown, next=following)


@router.get("/trial-balance", responses=problems(BadBalanceQuery))
def read_trial_balance(request: Request, as_of: Annotated[str | None, Query()] = None) -> TrialBalance:
    """Give the trial balance: now, at an RFC 3339 time, or at the end of a business date. Debits equal credits."""
    moment = read_moment(as_of) if as_of is not None else None
    store: Store = request.app.state.store
    with store.read() as session:
        found = trial_balance(holdings(session, as_of=moment))
    sums = [
        CurrencySums(
            currency=one.currency,
            lines=[TrialBalanceLine.model_validate(line, from_attributes=True) for line in one.lines],
            debit_minor=one.debit_minor,
            credit_minor=one.credit_minor,
            balanced=one.balanced,
        )
        for one in found
    ]
    balanced = all(one.balanced for one in found)
    return TrialBalance(as_of=as_of or format_time(bank_now()), balanced=balanced, currencies=sums)


@router.get("/day-book", responses=problems(BadCursor))
def read_day_book(request: Request, caller: CurrentCaller, page: Page, business_date: IsoDate | None = None) -> DayBook:
    """Give a day's entries in the order they were booked, and the day's totals by currency and type."""
    after = _sequence(page.after)
    store: Store = request.app.state.store
    with store.read() as session:
        day = business_date or read_business_date(session) or bank_now().date()
        found = day_entries(session, day, after=after, limit=page.limit + 1)
        totals = day_totals(session, day)
        items, following = page.cut(found, lambda one: str(one.sequence))
        accounts = find_accounts(session, {leg.account_id for one in items for leg in one.entry.postings})
    shown = (
        show_transaction(one.entry, caller=caller, accounts=accounts, reversed_by=one.reversed_by) for one in items
    )
    return DayBook(
        business_date=day.isoformat(),
        items=[TransactionAnswer(**one) for one in shown],
        next=following,
        totals=[DayTotalAnswer.model_validate(one, from_attributes=True) for one in totals],
    )


def _sequence(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise BadCursor
    return int(cursor)
