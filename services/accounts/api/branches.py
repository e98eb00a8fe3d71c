"""Branches over HTTP."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.dependencies import StoreDep
from services.accounts.api.schemas import BranchAnswer, BranchChange, BranchList, BranchRequest
from services.accounts.domain.branch import BranchHasAccounts, BranchNameTaken, BranchNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.store.catalogue_queries import branch_row, list_branches
from services.accounts.store.tables import BranchRow
from services.accounts.use_cases.create_branch import create_branch
from services.accounts.use_cases.edit_branch import edit_branch
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/branches", tags=["branches"])


@router.get("", response_model=BranchList)
def read_branches(store: StoreDep, page: Page) -> BranchList:
    """List the branches of the bank."""
    with store.read() as session:
        rows = list_branches(session, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda branch: branch.id)
    return BranchList(items=[BranchAnswer.model_validate(one) for one in items], next=following)


@router.post("", status_code=201, response_model=BranchAnswer, responses=problems(BranchNameTaken))
def add_branch(
    body: BranchRequest, request: Request, caller: CurrentCaller, store: StoreDep, key: OptionalIdempotencyKey
) -> Response:
    """Create a branch."""

    def command(session: Session) -> BranchAnswer:
        branch = create_branch(session, caller=caller, name=body.name, location=body.location)
        return BranchAnswer.model_validate(branch)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=command)


@router.get("/{branch_id}", response_model=BranchAnswer, responses=problems(BranchNotFound))
def read_branch(branch_id: str, store: StoreDep, response: Response) -> BranchRow:
    """Read a branch."""
    with store.read() as session:
        branch = branch_row(session, branch_id)
    response.headers["etag"] = etag(branch.version)
    return branch


@router.patch(
    "/{branch_id}",
    response_model=BranchAnswer,
    responses=problems(BranchNotFound, VersionMismatch, BranchNameTaken, BranchHasAccounts),
)
def change_branch(
    branch_id: str,
    body: BranchChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> BranchRow:
    """Change name, location or opening state; a branch with accounts is not closed. Needs the version that you saw."""
    branch = edit_branch(
        store,
        caller=caller,
        branch_id=branch_id,
        seen_version=version,
        fields=body.to_fields(),
        note=body.note,
    )
    response.headers["etag"] = etag(branch.version)
    return branch
