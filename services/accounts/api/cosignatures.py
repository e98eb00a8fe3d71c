"""The inbox of what owners of accounts sign together: payments, changes of owners, closings."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.cosignature_schemas import (
    CosignatureAnswer,
    CosignatureList,
    RefusalRequest,
    SignRequest,
    Status,
)
from services.accounts.api.dependencies import Confirmation, LedgerDep, StoreDep, is_answered
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import CustomerNotVerified
from services.accounts.domain.account_life import AccountInTransition, AccountNotOpen, UnknownPayoutAccount
from services.accounts.domain.cosignature import (
    AlreadySigned,
    CosignatureDecided,
    CosignatureKind,
    CosignatureNotFound,
    CosignatureStatus,
)
from services.accounts.domain.ownership import AlreadyOwner, TooManyOwners
from services.accounts.store.cosignature_store import cosignature_row, list_cosignatures, require_concerned
from services.accounts.use_cases.answer_change import push_or_leave_to_worker
from services.accounts.use_cases.execute_cosigned import execute_cosigned
from services.accounts.use_cases.refuse_cosignature import refuse_cosignature
from services.accounts.use_cases.sign_cosignature import sign_cosignature, step_up_subject
from shared.clients.step_up import StepUpRequired
from shared.errors import Fault
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/cosignatures", tags=["cosignatures"])


@router.get("", response_model=CosignatureList)
def read_cosignatures(
    caller: CurrentCaller, store: StoreDep, page: Page, status: Status | None = None
) -> CosignatureList:
    """List what you asked for, what you signed, and what waits for your signature."""
    customer_id = caller.customer_id or ""
    with store.read() as session:
        rows = list_cosignatures(
            session, customer_id=customer_id, status=status, after=page.after, limit=page.limit + 1
        )
        items, following = page.cut(rows, lambda row: row.id)
        return CosignatureList(items=[CosignatureAnswer.of(session, one) for one in items], next=following)


@router.get("/{cosignature_id}", response_model=CosignatureAnswer, responses=problems(CosignatureNotFound))
def read_cosignature(cosignature_id: str, caller: CurrentCaller, store: StoreDep) -> CosignatureAnswer:
    """Read what you sign: what it asks for, who has signed, and what became of it."""
    with store.read() as session:
        require_concerned(session, cosignature_id, customer_id=caller.customer_id)
        return CosignatureAnswer.of(session, cosignature_row(session, cosignature_id))


@router.post(
    "/{cosignature_id}/sign",
    response_model=CosignatureAnswer,
    responses=problems(
        CosignatureNotFound, CosignatureDecided, AlreadySigned, StepUpRequired, AccountInTransition, AccountNotOpen,
        AlreadyOwner, TooManyOwners, CustomerNotVerified, UnknownPayoutAccount,
    ),
)  # fmt: skip
def sign(
    cosignature_id: str,
    body: SignRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    confirm: Confirmation,
    key: OptionalIdempotencyKey,
) -> Response:
    """Sign. With the last signature it is done, a payment right after the answer; `status` tells how it went.

    Where `step_up` says so it needs a step-up for `sign-cosignature`: the refusal names the details.
    """
    with store.read() as session:
        subject = step_up_subject(session, caller=caller, cosignature_id=cosignature_id)
        answered = is_answered(session, request, caller=caller, key=key, body=body)
    token = None if subject is None or answered else confirm(subject)

    def command(session: Session) -> CosignatureAnswer:
        row = sign_cosignature(session, caller=caller, cosignature_id=cosignature_id, token_id=token)
        return CosignatureAnswer.of(session, row)

    answer = answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)
    _finish(store, ledger, cosignature_id)
    return answer


@router.post(
    "/{cosignature_id}/refuse",
    response_model=CosignatureAnswer,
    responses=problems(CosignatureNotFound, CosignatureDecided),
)
def refuse(
    cosignature_id: str,
    body: RefusalRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Refuse to sign, or take back what you asked for: it is over."""

    def command(session: Session) -> CosignatureAnswer:
        row = refuse_cosignature(session, caller=caller, cosignature_id=cosignature_id, note=body.note)
        return CosignatureAnswer.of(session, row)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)


def _finish(store: Store, ledger: LedgerClient, cosignature_id: str) -> None:
    """Do now what the last signature left to do; the job written with it does it if this process dies here."""
    with store.read() as session:
        row = cosignature_row(session, cosignature_id)
    if row.kind != CosignatureKind.PAYMENT:
        if row.status == CosignatureStatus.EXECUTED:
            push_or_leave_to_worker(store, ledger, account_id=row.account_id)
    elif row.status == CosignatureStatus.SIGNED:
        try:
            execute_cosigned(store, ledger, cosignature_id=cosignature_id)
        except Fault:
            return
