"""Limits that owners set for themselves, and fees that the bank waives, over HTTP."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.approval_schemas import WaitingAnswer, waiting
from services.accounts.api.dependencies import LedgerDep, StoreDep, waits_or
from services.accounts.api.limit_schemas import LimitsAnswer, LimitsRequest, WaiverAnswer, WaiverRequest
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import AccountInTransition, AccountNotOpen, ReasonRequired
from services.accounts.domain.product import FeeNotWaivable
from services.accounts.store.account_queries import visible_account
from services.accounts.store.catalogue_queries import terms_of_version
from services.accounts.store.tables import AccountRow, ApprovalRow
from services.accounts.use_cases.answer_change import push_or_leave_to_worker
from services.accounts.use_cases.set_own_limits import propose_limits, set_own_limits
from services.accounts.use_cases.waive_fees import waive_fees
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])


@router.get("/{account_id}/limits", response_model=LimitsAnswer, responses=problems(AccountNotFound))
def read_limits(account_id: str, caller: CurrentCaller, store: StoreDep) -> LimitsAnswer:
    """Read the limits of an account: its owners' own, its product's, and higher ones that wait."""
    with store.read() as session:
        return _limits(session, visible_account(session, account_id, caller=caller))


@router.put(
    "/{account_id}/limits",
    response_model=LimitsAnswer,
    responses={
        202: {"model": WaitingAnswer, "description": "Waits for a second person; nothing is raised yet"},
        **problems(AccountNotFound, AccountInTransition, AccountNotOpen, ReasonRequired),
    },
)
def change_limits(
    account_id: str,
    body: LimitsRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Set your own limits: what is lower holds at once, what is higher in 24 hours of the bank's clock.

    Officers set a customer's, with a reason; higher ones hold once another one has approved them.
    """

    def command(session: Session) -> LimitsAnswer | WaitingAnswer:
        wanted = body.to_limits()
        if not caller.is_staff:
            return _limits(session, set_own_limits(session, caller=caller, account_id=account_id, wanted=wanted))
        row = propose_limits(session, caller=caller, account_id=account_id, wanted=wanted, reason=body.reason)
        return waiting(row) if isinstance(row, ApprovalRow) else _limits(session, row)

    status = waits_or(200)
    answer = answer_once(store, caller=caller, request=request, key=key, body=body, status=status, command=command)
    push_or_leave_to_worker(store, ledger, account_id=account_id)
    return answer


@router.get("/{account_id}/waived-fees", response_model=WaiverAnswer, responses=problems(AccountNotFound))
def read_waived_fees(account_id: str, caller: CurrentCaller, store: StoreDep) -> WaiverAnswer:
    """Read which kinds of fee are waived on an account."""
    with store.read() as session:
        row = visible_account(session, account_id, caller=caller)
    return WaiverAnswer(account_id=row.id, fees=row.waived_fees)


@router.put(
    "/{account_id}/waived-fees",
    response_model=WaiverAnswer,
    responses=problems(AccountNotFound, AccountInTransition, AccountNotOpen, FeeNotWaivable),
)
def change_waived_fees(
    account_id: str,
    body: WaiverRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Waive kinds of fee on an account, or charge them again (officer, with a reason)."""

    def command(session: Session) -> WaiverAnswer:
        row = waive_fees(session, caller=caller, account_id=account_id, kinds=body.fees, reason=body.reason)
        return WaiverAnswer(account_id=row.id, fees=row.waived_fees)

    answer = answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)
    push_or_leave_to_worker(store, ledger, account_id=account_id)
    return answer


def _limits(session: Session, row: AccountRow) -> LimitsAnswer:
    return LimitsAnswer.of(row, terms_of_version(session, row.product, row.product_version).own_limits)
