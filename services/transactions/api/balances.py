"""What accounts hold, now or as of a moment, with the parts that it adds up from."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from services.transactions.api.schemas import BalanceAnswer, BalanceHistory, BalanceList, BalancePart, EndOfDayBalance
from services.transactions.domain.access import require_reader
from services.transactions.domain.ledger_account import AccountNotFound, LedgerAccount
from services.transactions.store.book_queries import end_of_days
from services.transactions.store.hold_store import open_holds
from services.transactions.store.ledger_queries import booked_as_of, find_account, find_accounts, last_booking
from shared.clock import bank_now, format_time
from shared.errors import Invalid
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, Page
from shared.web.problems import problems
from shared.web.schemas import IsoDate, Moment

router = APIRouter(prefix="/api/v1/balances", tags=["balances"])

MAX_IDS = 100
MAX_HOLD_PARTS = 50
"""So many holds are parts of their own; what more there are is one part."""

_AS_OF: TypeAdapter[datetime | date] = TypeAdapter(Moment | IsoDate)


class BadBalanceQuery(Invalid):
    """The query names too many or no accounts, or `as_of` is neither a date nor an RFC 3339 time."""

    code = "transactions.bad-balance-query"
    title = "This query for balances cannot be answered"
    next_step = "Name 1 to 100 accounts, and as_of as YYYY-MM-DD or an RFC 3339 time with a zone."


def show_balance(
    account: LedgerAccount, *, as_of: str, holds: Sequence[tuple[str, int]], last: datetime | None
) -> BalanceAnswer:
    """Give an account's balance with its parts, each of the `holds` (id, minor units) among them."""
    rest = account.held_minor - sum(amount for _, amount in holds)
    return BalanceAnswer(
        account_id=account.id,
        booked_minor=account.booked_minor,
        held_minor=account.held_minor,
        available_minor=account.available_minor,
        overdraft_limit_minor=account.overdraft_limit_minor,
        min_balance_minor=account.min_balance_minor,
        currency=account.currency,
        as_of=as_of,
        last_transaction_at=None if last is None else format_time(last),
        parts=[
            BalancePart(kind="booked", amount_minor=account.booked_minor),
            BalancePart(kind="overdraft-limit", amount_minor=account.overdraft_limit_minor),
            BalancePart(kind="min-balance", amount_minor=-account.min_balance_minor),
            *(BalancePart(kind="hold", hold_id=hold, amount_minor=-amount) for hold, amount in holds),
            *([BalancePart(kind="hold-rest", amount_minor=-rest)] if rest else []),
        ],
    )


def _now(session: Session, account: LedgerAccount, as_of: str) -> BalanceAnswer:
    holds = open_holds(session, account.id, limit=MAX_HOLD_PARTS) if account.held_minor else []
    return show_balance(account, as_of=as_of, holds=holds, last=last_booking(session, account.id))


@router.get("", responses=problems(AccountNotFound, BadBalanceQuery))
def list_balances(request: Request, caller: CurrentCaller, account_ids: Annotated[str, Query()]) -> BalanceList:
    """Give the balances of up to 100 accounts, their ids joined by commas."""
    wanted = [part for part in account_ids.split(",") if part]
    if not 1 <= len(wanted) <= MAX_IDS:
        raise BadBalanceQuery(f"Name 1 to {MAX_IDS} accounts.", accounts=len(wanted), limit=MAX_IDS)
    store: Store = request.app.state.store
    with store.read() as session:
        found = find_accounts(session, wanted)
        readable = [require_reader(caller, found.get(one)) for one in wanted]
        as_of = format_time(bank_now())
        return BalanceList(items=[_now(session, account, as_of) for account in readable])


@router.get("/{account_id}", responses=problems(AccountNotFound, BadBalanceQuery))
def get_balance(
    request: Request, caller: CurrentCaller, account_id: str, as_of: Annotated[str | None, Query()] = None
) -> BalanceAnswer:
    """Give one balance: now, at an RFC 3339 time, or at the end of a business date.

    In the past only the booked part is known; held is 0, overdraft and min balance are today's.
    """
    store: Store = request.app.state.store
    moment = read_moment(as_of) if as_of is not None else None
    with store.read() as session:
        account = require_reader(caller, find_account(session, account_id))
        if moment is None:
            return _now(session, account, format_time(bank_now()))
        account.booked_minor, account.held_minor = booked_as_of(session, account.id, moment), 0
        last = last_booking(session, account.id, moment)
    return show_balance(account, as_of=as_of or "", holds=(), last=last)


@router.get("/{account_id}/history", responses=problems(AccountNotFound, BadCursor))
def read_balance_history(
    request: Request,
    caller: CurrentCaller,
    page: Page,
    account_id: str,
    from_: Annotated[IsoDate | None, Query(alias="from")] = None,
    to: IsoDate | None = None,
) -> BalanceHistory:
    """Give the end-of-day balances of days that are over and on which the account moved, oldest first.

    `from` and `to` are business dates, inclusive and exclusive.
    """
    store: Store = request.app.state.store
    with store.read() as session:
        account = require_reader(caller, find_account(session, account_id))
        after = _day(page.after) if page.after is not None else None
        found = end_of_days(session, account.id, from_day=from_, to_day=to, after=after, limit=page.limit + 1)
    items, following = page.cut(found, lambda one: one[0].isoformat())
    return BalanceHistory(
        items=[
            EndOfDayBalance(
                account_id=account.id, business_date=day.isoformat(), booked_minor=booked, currency=account.currency
            )
            for day, booked in items
        ],
        next=following,
    )


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise BadCursor from None


def read_moment(text: str) -> datetime | date:
    """Read `as_of`: a date, or an RFC 3339 time with a zone.

    :raises BadBalanceQuery: if it is neither
    """
    try:
        return _AS_OF.validate_python(text.replace(" ", "+"))  # a plus that the caller did not escape
    except ValidationError:
        raise BadBalanceQuery("as_of is a date (YYYY-MM-DD) or an RFC 3339 time with a zone.") from None
