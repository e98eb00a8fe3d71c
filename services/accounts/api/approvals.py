"""The inbox of requests that wait for a second person."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from sqlmodel import Session, col, select

from services.accounts.api.approval_schemas import (
    ApprovalAnswer,
    ApprovalList,
    DecisionRequest,
    RuleAnswer,
    RuleList,
)
from services.accounts.api.dependencies import LedgerDep, StoreDep, TrailsDep
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.approval import (
    ApprovalDecided,
    ApprovalNotFound,
    NotAChecker,
    NotTheMaker,
    OwnRequest,
)
from services.accounts.store.approval_store import approval_row, list_approvals
from services.accounts.store.tables import ApprovalRow, ApprovalRuleRow
from services.accounts.use_cases.answer_change import push_or_leave_to_worker
from services.accounts.use_cases.decide_approval import decide_approval, withdraw_approval
from services.accounts.use_cases.execute_approved import execute_approved
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/approvals", tags=["approvals"])
Status = Literal["pending", "approved", "rejected", "expired", "void", "executed", "failed"]


@router.get("", response_model=ApprovalList)
def read_approvals(caller: CurrentCaller, store: StoreDep, page: Page, status: Status | None = None) -> ApprovalList:
    """List requests: all to those who decide or audit, to a teller those they made."""
    with store.read() as session:
        rows = list_approvals(session, caller=caller, status=status, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda row: row.id)
    return ApprovalList(items=[ApprovalAnswer.of(one) for one in items], next=following)


@router.get("/rules", response_model=RuleList, responses=problems(Unavailable))
def read_rules(caller: CurrentCaller, store: StoreDep, trails: TrailsDep) -> RuleList:
    """Read which commands of the bank need a second person; each service has its own and decides by them."""
    with store.read() as session:
        rows = session.exec(select(ApprovalRuleRow).order_by(col(ApprovalRuleRow.command))).all()
    items = [RuleAnswer.model_validate(one) for one in rows]
    for service in ("transactions", "identity"):
        told = trails.read(service, "/internal/approval-rules", {}, act=caller.user_id)
        items += [RuleAnswer.model_validate({**one, "service": service}) for one in told]
    return RuleList(items=items)


@router.get("/{approval_id}", response_model=ApprovalAnswer, responses=problems(ApprovalNotFound))
def read_approval(approval_id: str, caller: CurrentCaller, store: StoreDep) -> ApprovalAnswer:
    """Read a request with what it would change, before and after."""
    return _shown(store, caller, approval_id)


@router.post(
    "/{approval_id}/approve",
    response_model=ApprovalAnswer,
    responses=problems(ApprovalNotFound, ApprovalDecided, OwnRequest, NotAChecker),
)
def approve(
    approval_id: str,
    body: DecisionRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Approve somebody else's request; its service then does what was asked, once."""
    answer = _decide(store, request, caller, key, body, approval_id, approve=True)
    _execute(store, ledger, approval_id)
    return answer


@router.post(
    "/{approval_id}/reject",
    response_model=ApprovalAnswer,
    responses=problems(ApprovalNotFound, ApprovalDecided, OwnRequest, NotAChecker),
)
def reject(
    approval_id: str,
    body: DecisionRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Reject somebody else's request: nothing is done."""
    return _decide(store, request, caller, key, body, approval_id, approve=False)


@router.post(
    "/{approval_id}/withdraw",
    response_model=ApprovalAnswer,
    responses=problems(ApprovalNotFound, ApprovalDecided, NotTheMaker),
)
def withdraw(
    approval_id: str,
    body: DecisionRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Take your own request back, as before asking for something else: what was asked for is no longer there."""

    def command(session: Session) -> ApprovalAnswer:
        row = withdraw_approval(session, caller=caller, approval_id=approval_id, note=body.note)
        return ApprovalAnswer.of(row)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)


def _decide(
    store: Store,
    request: Request,
    caller: Caller,
    key: str | None,
    body: DecisionRequest,
    approval_id: str,
    *,
    approve: bool,
) -> Response:
    def command(session: Session) -> ApprovalAnswer:
        row = decide_approval(session, caller=caller, approval_id=approval_id, approve=approve, note=body.note)
        return ApprovalAnswer.of(row)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)


def _execute(store: Store, ledger: LedgerClient, approval_id: str) -> None:
    """Execute our own command now; the job written with the approval does it if this process dies here."""
    with store.read() as session:
        own = approval_row(session, approval_id).service == "accounts"
    if own:
        row: ApprovalRow = execute_approved(store, approval_id=approval_id)
        if row.subject_type == "account":
            push_or_leave_to_worker(store, ledger, account_id=row.subject_id)


def _shown(store: Store, caller: Caller, approval_id: str) -> ApprovalAnswer:
    with store.read() as session:
        row = approval_row(session, approval_id)
    if row.made_by != caller.user_id and not caller.has("officer", "supervisor", "admin", "auditor"):
        raise ApprovalNotFound
    return ApprovalAnswer.of(row)
