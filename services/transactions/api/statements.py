"""Statements: listed, asked for, read as JSON, PDF/A, CSV or camt.053."""

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.transactions.domain.access import require_reader
from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.domain.statement import BadStatementDays, StatementNotFound, StatementNotReady
from services.transactions.domain.statement_files import as_camt, as_csv
from services.transactions.store.ledger_queries import find_account
from services.transactions.store.ledger_store import read_business_date
from services.transactions.store.statement_store import (
    Statement,
    StatementRequest,
    find_print,
    find_request,
    find_statement,
    list_requests,
    statements_of,
)
from services.transactions.use_cases.orders import Id
from services.transactions.use_cases.request_print import request_print
from services.transactions.use_cases.request_statement import request_statement
from shared.clock import bank_now, format_time
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import also_as, problems
from shared.web.schemas import IsoDate, StrictModel

PRINT_SECONDS = 8.0
"""How long a request waits for the worker to set a PDF: its sweeper looks for new jobs every two seconds."""
_LOOK_AGAIN_SECONDS = 0.05

router = APIRouter(prefix="/api/v1/statements", tags=["statements"])


class StatementWish(StrictModel):
    """Which days; `from` inclusive, `to` exclusive, both business dates."""

    account_id: Id
    from_: Annotated[IsoDate, Field(alias="from")]
    to: IsoDate


class StatementItem(BaseModel):
    """A statement in a list: without its rows. The sums are there once it is made, in integer minor units."""

    id: str
    account_id: str
    kind: Literal["periodic", "on-demand"]
    status: Literal["pending", "ready"]
    number: str | None
    from_: Annotated[str, Field(alias="from", serialization_alias="from")]
    to: str
    currency: str | None = None
    opening_minor: int | None = None
    credits_minor: int | None = None
    debits_minor: int | None = None
    closing_minor: int | None = None
    row_count: int | None = None
    sha256: str | None = None
    created_at: str


class StatementList(BaseModel):
    """One page, the newest first."""

    items: list[StatementItem]
    next: str | None


class StatementAnswer(StatementItem):
    """A whole statement: its head, rows, fees and interest apart, and what was pending when it was made."""

    header: dict[str, Any]
    rows: list[dict[str, Any]]
    fees: list[dict[str, Any]]
    interest: list[dict[str, Any]]
    pending: list[dict[str, Any]]


def _item(request: StatementRequest, made: Statement | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": request.id,
        "account_id": request.account_id,
        "kind": request.kind,
        "status": "ready" if made else "pending",
        "number": made.number if made else None,
        "from": request.from_day.isoformat(),
        "to": request.to_day.isoformat(),
        "created_at": format_time(made.created_at if made else request.created_at),
    }
    if made is not None:
        for name in (
            "currency",
            "opening_minor",
            "credits_minor",
            "debits_minor",
            "closing_minor",
            "row_count",
            "sha256",
        ):
            found[name] = getattr(made, name)
    return found


@router.get("", responses=problems(AccountNotFound, BadCursor))
def list_statements(
    request: Request, caller: CurrentCaller, page: Page, account_id: Annotated[str, Query()]
) -> StatementList:
    """List the statements of an account, also those that are being made, the newest first."""
    store: Store = request.app.state.store
    with store.read() as session:
        account = require_reader(caller, find_account(session, account_id))
        found = list_requests(session, account.id, before=page.after, limit=page.limit + 1)
        made = statements_of(session, [one.id for one in found])
    items, following = page.cut(found, lambda one: one.id)
    return StatementList(
        items=[StatementItem.model_validate(_item(one, made.get(one.id))) for one in items], next=following
    )


@router.post("", status_code=202, response_model=StatementItem, responses=problems(AccountNotFound, BadStatementDays))
def ask_for_statement(
    request: Request, body: StatementWish, caller: CurrentCaller, key: OptionalIdempotencyKey
) -> Response:
    """Ask for a statement of any range of days; a job makes it, and a notice tells when it is ready."""
    store: Store = request.app.state.store
    moment = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=202,
        command=lambda session: StatementItem.model_validate(
            _item(
                request_statement(
                    session,
                    caller=caller,
                    account_id=body.account_id,
                    from_day=body.from_,
                    to_day=body.to,
                    today=read_business_date(session) or moment.date(),
                    at=moment,
                ),
                None,
            )
        ),
    )


@router.get(
    "/{statement_id}",
    response_model=StatementAnswer,
    responses={
        **problems(StatementNotFound, StatementNotReady),
        **also_as("application/pdf", "text/csv", "application/xml"),
    },
)
def get_statement(
    request: Request,
    caller: CurrentCaller,
    statement_id: str,
    format_: Annotated[Literal["json", "pdf", "csv", "camt053"], Query(alias="format")] = "json",
) -> Response:
    """Give a statement as JSON, PDF (PDF/A-1b), CSV or camt.053."""
    store: Store = request.app.state.store
    with store.read() as session:
        asked = find_request(session, statement_id)
        try:
            require_reader(caller, find_account(session, asked.account_id) if asked else None)
        except AccountNotFound:
            raise StatementNotFound("There is no statement with this id that you may see.") from None
        made = find_statement(session, statement_id)
    if made is None or asked is None:
        raise StatementNotReady("It is asked for and not made yet.")
    name = f"statement-{made.number.replace('/', '-')}"
    if format_ == "pdf":
        return _file(_printed(store, made.id), "application/pdf", f"{name}.pdf")
    if format_ == "csv":
        return _file(as_csv(made).encode(), "text/csv; charset=utf-8", f"{name}.csv")
    if format_ == "camt053":
        return _file(as_camt(made, created_at=format_time(made.created_at)), "application/xml", f"{name}.xml")
    answer = StatementAnswer.model_validate({**_item(asked, made), **made.content})
    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")


def _printed(store: Store, statement_id: str) -> bytes:
    """Give a statement's PDF, once the worker has set it; the first time that is asked for here.

    :raises Unavailable: if it is not set in time; it will be there later
    """
    ends = time.monotonic() + PRINT_SECONDS
    asked = False
    while True:
        with store.read() as session:
            content = find_print(session, statement_id)
        if content is not None:
            return content
        if time.monotonic() > ends:
            raise Unavailable("The statement is being set as PDF; ask again in a moment.", retry_after_seconds=2)
        if not asked:
            with store.write() as session:
                request_print(session, statement_id=statement_id)
            asked = True
        time.sleep(_LOOK_AGAIN_SECONDS)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})
