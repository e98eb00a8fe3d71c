"""The people who work for the bank, over HTTP."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session, col, select

from services.accounts.api.dependencies import SettingsDep, StoreDep
from services.accounts.api.fields import Word
from services.accounts.api.people_schemas import StaffAnswer, StaffChange, StaffList, StaffRequest
from services.accounts.domain.branch import UnknownBranch, branch_scope
from services.accounts.domain.customer import BadEmail, BadPhone
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.staff import BadSupervisor, StaffExists, StaffNotFound
from services.accounts.store.tables import StaffRow
from services.accounts.use_cases.keep_staff import add_staff, edit_staff
from shared.contracts.caller import Caller
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/staff", tags=["staff"])


@router.get("", response_model=StaffList)
def read_staff(caller: CurrentCaller, store: StoreDep, page: Page, branch_id: Word | None = None) -> StaffList:
    """List who works for the bank: overseers all, others those of their branch."""
    where = branch_scope(caller) or branch_id
    with store.read() as session:
        query = select(StaffRow).where(StaffRow.id > (page.after or ""))
        if where is not None:
            query = query.where(StaffRow.branch_id == where)
        rows = session.exec(query.order_by(col(StaffRow.id)).limit(page.limit + 1)).all()
    items, following = page.cut(rows, lambda row: row.id)
    return StaffList(items=[_answer(one, caller) for one in items], next=following)


@router.post(
    "",
    status_code=201,
    response_model=StaffAnswer,
    responses=problems(StaffExists, UnknownBranch, BadSupervisor, BadEmail, BadPhone),
)
def create_staff(
    body: StaffRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Write down somebody who works for the bank; their login is made at POST /users."""
    fields = body.to_fields(allow_test_domains=settings.is_sandbox)

    def command(session: Session) -> StaffAnswer:
        return _answer(add_staff(session, caller=caller, fields=fields), caller)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=command)


@router.get("/{staff_id}", response_model=StaffAnswer, responses=problems(StaffNotFound))
def read_one(staff_id: str, caller: CurrentCaller, store: StoreDep, response: Response) -> StaffAnswer:
    """Read who somebody is, where they work, for whom and since when."""
    with store.read() as session:
        row = session.get(StaffRow, staff_id)
    scope = branch_scope(caller)
    if row is None or scope not in (None, row.branch_id):
        raise StaffNotFound
    response.headers["etag"] = etag(row.version)
    return _answer(row, caller)


@router.patch(
    "/{staff_id}",
    response_model=StaffAnswer,
    responses=problems(StaffNotFound, VersionMismatch, StaffExists, UnknownBranch, BadSupervisor, BadPhone),
)
def change_staff(
    staff_id: str,
    body: StaffChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> StaffAnswer:
    """Change position, branch, supervisor, salary or the last day. Needs the version that you saw."""
    with store.write() as session:
        fields, note = body.to_fields(), body.note
        row = edit_staff(session, caller=caller, staff_id=staff_id, seen_version=version, fields=fields, note=note)
        answer = _answer(row, caller)
    response.headers["etag"] = etag(answer.version)
    return answer


def _answer(row: StaffRow, caller: Caller) -> StaffAnswer:
    answer = StaffAnswer.model_validate(row)
    if not caller.has("admin"):
        answer.salary_minor, answer.salary_currency = None, None
    return answer
