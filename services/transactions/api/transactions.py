"""The journal as its readers may see it: staff all of it, customers the entries of own accounts."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.transactions.api.ledger import DryRun, Key, LedgerLane, body_of
from services.transactions.api.schemas import WAITS, TransactionAnswer, TransactionList
from services.transactions.domain.access import READER_ROLES, owns, require_reader
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.ledger_account import AccountNotFound, AccountNotOpen
from services.transactions.domain.reversal import AlreadyReversed, ReversalNotReversible, TransactionNotFound
from services.transactions.store.ledger_queries import (
    Filter,
    FoundEntry,
    accounts_of,
    find_account,
    find_accounts,
    find_entry,
    list_entries,
)
from services.transactions.use_cases.orders import ReverseOrder
from shared.contracts.caller import Caller
from shared.money import MAX_BALANCE_MINOR
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from shared.web.dependencies import BadCursor, CurrentCaller, Page, encode_cursor
from shared.web.problems import problems
from shared.web.schemas import IsoDate

router = APIRouter(prefix="/api/v1/transactions", tags=["transactions"])
EntryType = Literal["deposit", "withdrawal", "transfer", "capture", "fee", "interest", "adjustment", "reversal"]


@router.get("", responses=problems(AccountNotFound, BadCursor))
def list_transactions(
    request: Request,
    caller: CurrentCaller,
    page: Page,
    account_id: str | None = None,
    type: EntryType | None = None,
    from_: Annotated[IsoDate | None, Query(alias="from")] = None,
    to: IsoDate | None = None,
    q: Annotated[str | None, Query(max_length=140)] = None,
    min_amount_minor: Annotated[int | None, Query(ge=0, le=MAX_BALANCE_MINOR)] = None,
    max_amount_minor: Annotated[int | None, Query(ge=0, le=MAX_BALANCE_MINOR)] = None,
) -> TransactionList:
    """Give entries, newest first. `from` and `to` are business dates, inclusive and exclusive; amounts are inclusive.

    `q` is a part of the description, or of the other party's name.
    """
    below = _below(page.after)
    store: Store = request.app.state.store
    with store.read() as session:
        wanted = Filter(
            account_ids=_account_ids(session, caller, account_id),
            type=type,
            from_day=from_,
            to_day=to,
            q=q,
            min_amount_minor=min_amount_minor,
            max_amount_minor=max_amount_minor,
        )
        found = list_entries(session, wanted, below=below, limit=page.limit + 1)
        shown = _show(session, caller, found[: page.limit])
    more = len(found) > page.limit
    cursor = encode_cursor(str(found[page.limit - 1].sequence)) if more else None
    return TransactionList(items=[TransactionAnswer(**one) for one in shown], next=cursor)


@router.get("/{transaction_id}", responses=problems(TransactionNotFound))
def get_transaction(request: Request, caller: CurrentCaller, transaction_id: str) -> TransactionAnswer:
    """Give one entry."""
    store: Store = request.app.state.store
    with store.read() as session:
        found = find_entry(session, transaction_id)
        if found is None or not _visible(session, caller, found):
            raise TransactionNotFound("There is no transaction with this id that you may see.")
        return TransactionAnswer(**_show(session, caller, [found])[0])


@router.post(
    "/{transaction_id}/reverse",
    status_code=201,
    response_model=TransactionAnswer,
    responses=WAITS
    | problems(
        TransactionNotFound, AlreadyReversed, ReversalNotReversible, AccountNotOpen, InsufficientFunds, KeyReused
    ),
    openapi_extra=body_of(ReverseOrder),
)
async def reverse_transaction(
    request: Request, ledger: LedgerLane, key: Key, transaction_id: str, dry_run: DryRun = False
) -> Response:
    """Undo a transaction by a new one, at most once; refused when the money was spent.

    A large one waits for a second person, and so does any with `ask_checker`, who may also take back what was spent.
    """
    return await ledger.forward(request, key, dry_run=dry_run)


def _below(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise BadCursor
    return int(cursor)


def _account_ids(session: Session, caller: Caller, account_id: str | None) -> list[str] | None:
    if account_id is not None:
        return [require_reader(caller, find_account(session, account_id)).id]
    if caller.has(*READER_ROLES):
        return None
    return accounts_of(session, caller.customer_id or "")


def _visible(session: Session, caller: Caller, found: FoundEntry) -> bool:
    accounts = find_accounts(session, [posting.account_id for posting in found.entry.postings])
    return caller.has(*READER_ROLES) or any(owns(caller, one) for one in accounts.values())


def _show(session: Session, caller: Caller, found: Sequence[FoundEntry]) -> list[dict[str, Any]]:
    ids = {posting.account_id for one in found for posting in one.entry.postings}
    accounts = find_accounts(session, ids)
    return [show_transaction(one.entry, caller=caller, accounts=accounts, reversed_by=one.reversed_by) for one in found]
