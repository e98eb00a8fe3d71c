"""Payees over HTTP: a customer's own list of whom they pay."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.dependencies import SettingsDep, StoreDep
from services.accounts.api.payee_schemas import PayeeAnswer, PayeeChange, PayeeList, PayeeRequest
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.iban import BadAccountNumber
from services.accounts.domain.payee import NotRemoved, PayeeExists, PayeeNotFound, TooManyPayees, UndoOver
from services.accounts.store.payee_store import list_payees, payee_of
from services.accounts.use_cases.add_payee import add_payee
from services.accounts.use_cases.remove_payee import remove_payee, restore_payee
from services.accounts.use_cases.rename_payee import rename_payee
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/payees", tags=["payees"])


@router.get("", response_model=PayeeList)
def read_payees(caller: CurrentCaller, store: StoreDep, page: Page) -> PayeeList:
    """List your payees."""
    with store.read() as session:
        rows = list_payees(session, customer_id=caller.customer_id or "", after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda payee: payee.id)
    return PayeeList(items=[PayeeAnswer.of(one) for one in items], next=following)


@router.post(
    "",
    status_code=201,
    response_model=PayeeAnswer,
    responses=problems(BadAccountNumber, CustomerNotFound, PayeeExists, TooManyPayees),
)
def new_payee(
    body: PayeeRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Add a payee. `name_check` says how well the name fits the account's owner; what to do about it is yours."""
    cooling_off = timedelta(hours=settings.cooling_off_hours)

    def command(session: Session) -> PayeeAnswer:
        return PayeeAnswer.of(add_payee(session, caller=caller, payee=body.to_payee(), cooling_off=cooling_off))

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=command)


@router.get("/{payee_id}", response_model=PayeeAnswer, responses=problems(PayeeNotFound))
def read_payee(payee_id: str, caller: CurrentCaller, store: StoreDep, response: Response) -> PayeeAnswer:
    """Read one of your payees; a removed one as well."""
    with store.read() as session:
        answer = PayeeAnswer.of(payee_of(session, payee_id, caller=caller, removed=True, for_update=False))
    response.headers["etag"] = etag(answer.version)
    return answer


@router.patch("/{payee_id}", response_model=PayeeAnswer, responses=problems(PayeeNotFound, VersionMismatch))
def change_payee(
    payee_id: str,
    body: PayeeChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> PayeeAnswer:
    """Give a payee another nickname. Needs the version that you saw."""
    row = rename_payee(store, caller=caller, payee_id=payee_id, seen_version=version, nickname=body.nickname)
    response.headers["etag"] = etag(row.version)
    return PayeeAnswer.of(row)


@router.delete("/{payee_id}", response_model=PayeeAnswer, responses=problems(PayeeNotFound))
def delete_payee(payee_id: str, caller: CurrentCaller, store: StoreDep) -> PayeeAnswer:
    """Take a payee off the list; it can be put back until `undo_until`."""
    with store.write() as session:
        return PayeeAnswer.of(remove_payee(session, caller=caller, payee_id=payee_id))


@router.post(
    "/{payee_id}/restore",
    response_model=PayeeAnswer,
    responses=problems(PayeeNotFound, NotRemoved, UndoOver, PayeeExists),
)
def undo_removal(
    payee_id: str, request: Request, caller: CurrentCaller, store: StoreDep, key: OptionalIdempotencyKey
) -> Response:
    """Put a removed payee back, known for as long as before."""

    def command(session: Session) -> PayeeAnswer:
        return PayeeAnswer.of(restore_payee(session, caller=caller, payee_id=payee_id))

    return answer_once(store, caller=caller, request=request, key=key, body=None, status=200, command=command)
