"""The jobs of all services for staff: state, schedule, last and next run, history, and one more run."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel

from services.transactions.clients.job_board import JobsOf
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.interest import month_within
from services.transactions.domain.job_board import (
    KNOWN_JOBS,
    SERVICES,
    JobNotFound,
    JobNotWaiting,
    is_known,
    purpose_of,
    rhythm_of,
    state_of,
)
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.ledger_store import read_business_date
from shared.clock import bank_now, format_time
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, Page
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])

ServiceName = Literal["identity", "accounts", "transactions", "support", "notifications"]
Kind = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9._-]{0,79}$")]
JobId = Annotated[str, Path(pattern="^[0-9A-Za-z-]{1,64}$")]
_BY_DAY = ("end-of-day", "staff-reports", "ticket-report")
_BY_MONTH = ("month-statements", "interest-summaries")


class JobKindItem(BaseModel):
    """One kind of job of one service. Times by the machine's clock, except those of the banking day: `bank_time`."""

    service: ServiceName
    kind: str
    purpose: str
    queue: str
    schedule: str
    every_seconds: float | None
    state: Literal["idle", "waiting", "running", "failing", "dead"]
    queued: int
    running: int
    dead: int
    done: int
    runs: int
    last_run_at: str | None
    next_run_at: str | None
    bank_time: bool
    last_error: str | None


class JobKindList(BaseModel):
    """Every kind of job; `unreachable` are the services that did not answer."""

    items: list[JobKindItem]
    next: str | None = None
    unreachable: list[ServiceName]


class JobRunItem(BaseModel):
    """One job: when it was asked for, how often it was tried, how it stands."""

    service: ServiceName
    id: str
    kind: str
    state: Literal["queued", "running", "done", "dead"]
    attempts: int
    run_after: str
    created_at: str
    updated_at: str
    last_error: str | None


class JobRunList(BaseModel):
    """One page of runs, the newest first."""

    items: list[JobRunItem]
    next: str | None


@router.get("")
def list_jobs(request: Request) -> JobKindList:
    """List every kind of job of every service, with how it stands."""
    boards: Mapping[str, JobsOf] = request.app.state.job_boards
    with ThreadPoolExecutor(max_workers=len(SERVICES)) as pool:
        asked = {name: pool.submit(copy_context().run, board.kinds) for name, board in boards.items()}
    following = _next_ends(request)
    items: list[JobKindItem] = []
    unreachable: list[Any] = []
    for service in SERVICES:
        try:
            found = asked[service].result() if service in asked else []
        except Unavailable:
            unreachable.append(service)
            continue
        items.extend(_item(service, one, following) for one in _with_known(service, found))
    return JobKindList(items=items, unreachable=unreachable)


def _with_known(service: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the kinds that have not run yet."""
    there = {one["kind"] for one in found}
    missing = [one.kind for one in KNOWN_JOBS if one.service == service and one.kind not in there]
    empty = dict.fromkeys(("queued", "running", "dead", "done", "runs"), 0)
    unknown = dict.fromkeys(("every_seconds", "last_run_at", "next_run_at", "last_error"))
    return sorted([*found, *({"kind": kind, **empty, **unknown} for kind in missing)], key=lambda one: str(one["kind"]))


def _next_ends(request: Request) -> dict[str, datetime]:
    """Give when the business date that is open, and its month, will be over, by the bank's clock."""
    store: Store = request.app.state.store
    calendar: BankCalendar = request.app.state.calendar
    with store.read() as session:
        calendar = whole_calendar(session, calendar)
        day = read_business_date(session) or calendar.business_date_at(bank_now())
    last = day
    while month_within(last, calendar.next_business_date(last) - timedelta(days=1)) is None:
        last = calendar.next_business_date(last)
    return dict.fromkeys(_BY_DAY, calendar.ends_at(day)) | dict.fromkeys(_BY_MONTH, calendar.ends_at(last))


def _item(service: str, one: Mapping[str, Any], following: Mapping[str, datetime]) -> JobKindItem:
    counts = {name: int(one[name]) for name in ("queued", "running", "dead")}
    by_day = following.get(one["kind"]) if service == "transactions" and one["next_run_at"] is None else None
    return JobKindItem.model_validate(
        {
            **one,
            "service": service,
            "purpose": purpose_of(service, one["kind"]),
            "queue": service,
            "schedule": f"every {one['every_seconds']:g} s"
            if one["every_seconds"]
            else rhythm_of(service, one["kind"]),
            "state": state_of(**counts, last_error=one["last_error"]),
            "next_run_at": format_time(by_day) if by_day is not None else one["next_run_at"],
            "bank_time": by_day is not None,
        }
    )


@router.get("/{service}/{kind}/runs", responses=problems(JobNotFound, BadCursor))
def list_runs(
    request: Request,
    page: Page,
    service: ServiceName,
    kind: Kind,
    state: Annotated[Literal["queued", "running", "done", "dead"] | None, Query()] = None,
) -> JobRunList:
    """List the runs of a kind of job, the newest first."""
    params: dict[str, str | int] = {"limit": page.limit + 1}
    if state is not None:
        params["state"] = state
    if page.after is not None:
        params["before"] = page.after
    found = _board(request, service).runs(kind, params)
    if not found and state is None and page.after is None and not is_known(service, kind):
        raise JobNotFound("The service has no job of this kind.")
    runs, following = page.cut(found, lambda one: str(one["id"]))
    return JobRunList(items=[_run(service, one) for one in runs], next=following)


@router.post("/{service}/runs/{job_id}/run-again", responses=problems(JobNotFound, JobNotWaiting))
def run_again(request: Request, service: ServiceName, job_id: JobId, caller: CurrentCaller) -> JobRunItem:
    """Make a job due now: one that waits, failed for good, or is on a schedule. Doing it twice changes nothing."""
    run, is_due = _board(request, service).run_again(job_id, act=caller.user_id)
    if not is_due:
        raise JobNotWaiting(f"It is {run['state']}.", state=run["state"])
    return _run(service, run)


def _board(request: Request, service: str) -> JobsOf:
    boards: Mapping[str, JobsOf] = request.app.state.job_boards
    if service not in boards:
        raise JobNotFound("There is no such service.")
    return boards[service]


def _run(service: str, one: Mapping[str, Any]) -> JobRunItem:
    return JobRunItem.model_validate({**one, "service": service})
