"""Reports for staff that jobs wrote: the day's totals, dormant accounts, interest per product, tickets."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.transactions.domain.staff_report import (
    COLUMNS,
    ReportKind,
    ReportNotFound,
    readable_kinds,
    report_rows,
)
from services.transactions.store.report_store import find_report, list_reports
from shared.clock import format_time
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, Page
from shared.web.problems import also_as, problems

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


class ReportItem(BaseModel):
    """A report in a list: of which kind, for which business date, with how many rows."""

    kind: ReportKind
    business_date: str
    row_count: int
    created_at: str


class ReportList(BaseModel):
    """One page, the newest business date first."""

    items: list[ReportItem]
    next: str | None


class ReportAnswer(ReportItem):
    """A whole report: its columns in order, and its rows as text."""

    columns: list[str]
    rows: list[dict[str, str]]


@router.get("", responses=problems(BadCursor))
def list_staff_reports(
    request: Request, caller: CurrentCaller, page: Page, kind: Annotated[ReportKind | None, Query()] = None
) -> ReportList:
    """List the reports that there are; the support desk sees its own."""
    store: Store = request.app.state.store
    kinds = readable_kinds(caller) & {kind} if kind is not None else readable_kinds(caller)
    with store.read() as session:
        found = list_reports(session, kinds, before=_place(page.after), limit=page.limit + 1)
    reports, following = page.cut(found, lambda one: f"{one.business_date.isoformat()} {one.kind}")
    items = [_item(one.kind, one.business_date, one.rows, format_time(one.created_at)) for one in reports]
    return ReportList(items=[ReportItem.model_validate(one) for one in items], next=following)


@router.get(
    "/{kind}/{business_date}",
    response_model=ReportAnswer,
    responses={**problems(ReportNotFound), **also_as("text/csv")},
)
def get_staff_report(
    request: Request,
    caller: CurrentCaller,
    kind: ReportKind,
    business_date: str,
    format_: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> Response:
    """Give a report as JSON or CSV."""
    store: Store = request.app.state.store
    day = _day(business_date)
    if day is None or kind not in readable_kinds(caller):
        raise ReportNotFound("There is no such report that you may read.")
    with store.read() as session:
        found = find_report(session, kind, day)
    if found is None:
        raise ReportNotFound("There is no such report that you may read.")
    if format_ == "csv":
        headers = {"content-disposition": f'attachment; filename="{kind}-{day.isoformat()}.csv"'}
        return Response(found.content, media_type="text/csv; charset=utf-8", headers=headers)
    head = _item(kind, day, found.rows, format_time(found.created_at))
    answer = ReportAnswer.model_validate({**head, "columns": COLUMNS[kind], "rows": report_rows(found.content)})
    return Response(answer.model_dump_json(), media_type="application/json")


def _item(kind: str, day: date, rows: int, created_at: str) -> dict[str, Any]:
    return {"kind": kind, "business_date": day.isoformat(), "row_count": rows, "created_at": created_at}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None


def _place(cursor: str | None) -> tuple[date, str] | None:
    if cursor is None:
        return None
    text, _, kind = cursor.partition(" ")
    day = _day(text)
    if day is None or kind not in COLUMNS:
        raise BadCursor
    return day, kind
