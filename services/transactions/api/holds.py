"""Holds: set money aside, capture it in part or whole, give it back."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.transactions.api.ledger import DryRun, Key, LedgerLane, body_of
from services.transactions.api.schemas import CaptureAnswer, HoldAnswer, HoldList
from services.transactions.domain.access import require_reader
from services.transactions.domain.cooling_off import PayeeCoolingOff
from services.transactions.domain.cosignature import CosignatureRequired
from services.transactions.domain.disclosure import show_hold
from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.hold import BadExpiry, HoldNotFound, HoldNotHeld, OverCapture
from services.transactions.domain.journal_entry import SameAccount
from services.transactions.domain.ledger_account import (
    AccountFrozen,
    AccountNotFound,
    AccountNotOpen,
    CurrencyMismatch,
    PayeeNotFound,
)
from services.transactions.domain.limits import LimitExceeded
from services.transactions.store.hold_store import list_holds
from services.transactions.store.ledger_queries import find_account
from services.transactions.use_cases.orders import CaptureOrder, HoldOrder, ReleaseOrder
from services.transactions.writing.queue import QueueFull
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from shared.web.dependencies import BadCursor, CurrentCaller, Page
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/holds", tags=["holds"])


@router.post(
    "",
    status_code=201,
    response_model=HoldAnswer,
    responses=problems(
        AccountNotFound, PayeeNotFound, SameAccount, AccountNotOpen, AccountFrozen, CurrencyMismatch, InsufficientFunds,
        LimitExceeded, PayeeCoolingOff, BadExpiry, CosignatureRequired, KeyReused, QueueFull,
    ),
    openapi_extra=body_of(HoldOrder),
)  # fmt: skip
async def create_hold(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Set money aside, for seven days unless `expires_at` says otherwise."""
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/{hold_id}/capture",
    status_code=201,
    response_model=CaptureAnswer,
    responses=problems(
        HoldNotFound, PayeeNotFound, SameAccount, HoldNotHeld, OverCapture, AccountNotOpen, AccountFrozen,
        CurrencyMismatch, KeyReused, QueueFull,
    ),
    openapi_extra=body_of(CaptureOrder),
)  # fmt: skip
async def capture_hold(
    request: Request, ledger: LedgerLane, key: Key, hold_id: str, dry_run: DryRun = False
) -> Response:
    """Turn a hold, or a part of it, into a transaction; `final` (the default) gives the rest back."""
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/{hold_id}/release",
    response_model=HoldAnswer,
    responses=problems(HoldNotFound, HoldNotHeld, KeyReused, QueueFull),
    openapi_extra=body_of(ReleaseOrder),
)
async def release_hold(
    request: Request, ledger: LedgerLane, key: Key, hold_id: str, dry_run: DryRun = False
) -> Response:
    """Give a hold back."""
    return await ledger.forward(request, key, dry_run=dry_run)


@router.get("", responses=problems(AccountNotFound, BadCursor))
def read_holds(request: Request, caller: CurrentCaller, page: Page, account_id: Annotated[str, Query()]) -> HoldList:
    """Give an account's holds, newest first."""
    store: Store = request.app.state.store
    with store.read() as session:
        account = require_reader(caller, find_account(session, account_id))
        found = list_holds(session, account.id, below=page.after, limit=page.limit + 1)
    items, after = page.cut(found, lambda hold: hold.id)
    return HoldList(items=[HoldAnswer(**show_hold(hold)) for hold in items], next=after)
