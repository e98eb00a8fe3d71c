"""The life of an account over HTTP: freeze, unfreeze, wake, close, open again; and the archive of closed accounts."""

from dataclasses import replace
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.approval_schemas import WaitingAnswer, waiting
from services.accounts.api.cosignature_schemas import CosignatureWaits, waits
from services.accounts.api.dependencies import (
    Confirmation,
    LedgerDep,
    SettingsDep,
    StoreDep,
    optional_request_key,
    settled_response,
)
from services.accounts.api.fields import Word
from services.accounts.api.life_schemas import (
    ClosedAccountAnswer,
    ClosedAccountList,
    CloseRequest,
    FreezeAnswer,
    FreezeRequest,
    MoveRequest,
    ReasonRequest,
)
from services.accounts.api.schemas import AccountAnswer
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import (
    AccountInTransition,
    AccountNotEmpty,
    AccountNotOpen,
    AlreadyFrozen,
    NotClosed,
    NotDormant,
    NotFrozen,
    PayoutRefused,
    ReasonRequired,
    ReopeningOver,
    UnfreezeNotAllowed,
    UnknownPayoutAccount,
)
from services.accounts.domain.branch import SameBranch, UnknownBranch, branch_scope
from services.accounts.domain.cosignature import CosignatureWaiting
from services.accounts.store.account_queries import account_view, closed_account_rows, owners_of, visible_account
from services.accounts.use_cases.answer_change import push_or_leave_to_worker
from services.accounts.use_cases.ask_cosignature import ask_closing, needs_cosigners
from services.accounts.use_cases.close_account import close_account
from services.accounts.use_cases.freeze_account import freeze_account
from services.accounts.use_cases.move_account import move_account
from services.accounts.use_cases.propose_closing import PAYOUT_OVER_LIMIT, payout_limit, propose_closing
from services.accounts.use_cases.reopen_account import reopen_account
from services.accounts.use_cases.unfreeze_account import unfreeze_account
from services.accounts.use_cases.wake_account import wake_account
from shared.clients.step_up import StepUpRequired
from shared.contracts.caller import Caller
from shared.observability.context import looked_at
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1", tags=["accounts"])
_LATER = {"model": AccountAnswer, "description": "Written; the ledger gets it as soon as it answers"}


@router.post(
    "/accounts/{account_id}/freeze",
    response_model=AccountAnswer,
    responses={
        202: _LATER,
        **problems(AccountNotFound, AccountInTransition, AccountNotOpen, AlreadyFrozen, ReasonRequired),
    },
)
def freeze(
    account_id: str,
    body: FreezeRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Freeze an account with one tap; staff give a reason and may say what is frozen and who may lift it."""
    named = optional_request_key(request, principal=caller.principal, key=key, body=body)
    settled = freeze_account(store, ledger, caller=caller, account_id=account_id, order=body.to_order(), request=named)
    return settled_response(settled)


@router.get("/accounts/{account_id}/freeze", response_model=FreezeAnswer, responses=problems(AccountNotFound))
def read_freeze(account_id: str, caller: CurrentCaller, store: StoreDep) -> FreezeAnswer:
    """Read what is frozen on an account, why, since when and who may lift it."""
    with store.read() as session:
        account = visible_account(session, account_id, caller=caller)
    return FreezeAnswer(
        account_id=account.id,
        freeze=account.freeze,
        reason=account.freeze_reason,
        frozen_at=account.frozen_at,
        lifted_by=account.lifted_by,
    )


@router.post(
    "/accounts/{account_id}/unfreeze",
    response_model=AccountAnswer,
    responses={
        202: _LATER,
        **problems(AccountNotFound, AccountInTransition, NotFrozen, UnfreezeNotAllowed, ReasonRequired, StepUpRequired),
    },
)
def unfreeze(
    account_id: str,
    body: ReasonRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    confirm: Confirmation,
    key: OptionalIdempotencyKey,
) -> Response:
    """Lift a freeze: staff with a reason; the owner their own, with a step-up for `unfreeze-account` of this payer."""
    settled = unfreeze_account(
        store,
        ledger,
        caller=caller,
        account_id=account_id,
        reason=body.reason,
        confirm=confirm,
        request=optional_request_key(request, principal=caller.principal, key=key, body=body),
    )
    return settled_response(settled)


@router.post(
    "/accounts/{account_id}/wake",
    response_model=AccountAnswer,
    responses={
        202: _LATER,
        **problems(AccountNotFound, AccountInTransition, NotDormant, ReasonRequired, StepUpRequired),
    },
)
def wake(
    account_id: str,
    body: ReasonRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    confirm: Confirmation,
    key: OptionalIdempotencyKey,
) -> Response:
    """Wake a dormant account: staff with a reason, the owner with a step-up for `wake-account` of this payer."""
    settled = wake_account(
        store,
        ledger,
        caller=caller,
        account_id=account_id,
        reason=body.reason,
        confirm=confirm,
        request=optional_request_key(request, principal=caller.principal, key=key, body=body),
    )
    return settled_response(settled)


@router.post(
    "/accounts/{account_id}/close",
    response_model=AccountAnswer,
    responses={
        202: {
            "model": AccountAnswer | WaitingAnswer | CosignatureWaits,
            "description": "Written, or waits for others",
        },
        **problems(
            AccountNotFound,
            AccountInTransition,
            AccountNotOpen,
            ReasonRequired,
            UnknownPayoutAccount,
            AccountNotEmpty,
            PayoutRefused,
            CosignatureWaiting,
        ),
    },
)
def close(
    account_id: str,
    body: CloseRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Close an account; what is left on it goes to another account of the customer. Nothing is deleted.

    Where all owners sign together, it waits for the other ones' signatures.
    """
    with store.read() as session:
        together = needs_cosigners(session, caller=caller, account_id=account_id)
    if together:
        return _ask_owners(store, request, caller, account_id, body, key)
    named = optional_request_key(request, principal=caller.principal, key=key, body=body)
    order = replace(body.to_order(), payout_limit_minor=payout_limit(store, caller=caller))
    try:
        settled = close_account(store, ledger, caller=caller, account_id=account_id, order=order, request=named)
    except PayoutRefused as refused:
        if refused.numbers.get("ledger_code") != PAYOUT_OVER_LIMIT:
            raise
        with store.write() as session:
            waits = propose_closing(session, caller=caller, account_id=account_id, order=order, numbers=refused.numbers)
            answer = waiting(waits)
        return Response(answer.model_dump_json(), status_code=202, media_type="application/json")
    return settled_response(settled)


def _ask_owners(
    store: Store, request: Request, caller: Caller, account_id: str, body: CloseRequest, key: str | None
) -> Response:
    def command(session: Session) -> CosignatureWaits:
        return waits(ask_closing(session, caller=caller, account_id=account_id, order=body.to_order()))

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=202, command=command)


@router.post(
    "/accounts/{account_id}/reopen",
    response_model=AccountAnswer,
    responses={202: _LATER, **problems(AccountNotFound, AccountInTransition, NotClosed, ReopeningOver, ReasonRequired)},
)
def reopen(
    account_id: str,
    body: ReasonRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    settings: SettingsDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Open an account again that was closed not long ago."""
    settled = reopen_account(
        store,
        ledger,
        caller=caller,
        account_id=account_id,
        reason=body.reason,
        window=timedelta(days=settings.reopen_days),
        request=optional_request_key(request, principal=caller.principal, key=key, body=body),
    )
    return settled_response(settled)


@router.post(
    "/accounts/{account_id}/move",
    response_model=AccountAnswer,
    responses=problems(AccountNotFound, AccountInTransition, AccountNotOpen, UnknownBranch, SameBranch),
)
def move(
    account_id: str,
    body: MoveRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Move an account to another branch; its history keeps where it was."""

    def command(session: Session) -> AccountAnswer:
        row = move_account(session, caller=caller, account_id=account_id, branch_id=body.branch_id, reason=body.reason)
        return AccountAnswer.model_validate(account_view(session, row))

    answer = answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)
    push_or_leave_to_worker(store, ledger, account_id=account_id)
    return answer


@router.get("/closed-accounts", response_model=ClosedAccountList)
def read_closed_accounts(
    caller: CurrentCaller, store: StoreDep, page: Page, branch_id: Word | None = None
) -> ClosedAccountList:
    """Read the archive: staff all of it (or a branch's), customers their own closed accounts."""
    owner = None if caller.is_staff else caller.customer_id or ""
    with store.read() as session:
        branch_id = branch_scope(caller) or branch_id
        rows = closed_account_rows(session, owner=owner, branch_id=branch_id, after=page.after, limit=page.limit + 1)
        items, following = page.cut(rows, lambda row: row.id)
        looked_at(*(one for row in items for one in owners_of(session, row.original_id)))
    return ClosedAccountList(
        items=[ClosedAccountAnswer.of(one, masked=caller.is_staff) for one in items], next=following
    )
