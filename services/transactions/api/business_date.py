"""The bank's own day: which one is open, how its end goes on, and in a sandbox how to move it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from services.transactions.api.day_schemas import BusinessDateAnswer, EndOfDayAnswer, EndOfDayList, JobAnswer
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.business_date import AlreadyAdvancing, ClockFixed
from services.transactions.store.advance_store import running_advance
from services.transactions.store.end_of_day_store import Run, list_runs, running
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.ledger_store import read_business_date
from services.transactions.use_cases.request_advance import request_advance
from shared.clock import advance_bank_offset, bank_now, format_time
from shared.store.bank_clock import read_offset
from shared.store.engine import Store
from shared.web.dependencies import BadCursor, CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import StrictModel

router = APIRouter(prefix="/api/v1/business-date", tags=["business date"])


class AdvanceRequest(StrictModel):
    """By how many days the clock is to be moved, and why, which lands in the audit trail."""

    days: Annotated[int, Field(ge=1, le=3_660)]
    reason: Annotated[str | None, Field(min_length=3, max_length=140, exclude_if=lambda value: value is None)] = None


@router.get("")
def get_business_date(request: Request) -> BusinessDateAnswer:
    """Give the day that entries are booked on, the bank's time, and whether days are being ended."""
    store: Store = request.app.state.store
    calendar: BankCalendar = request.app.state.calendar
    with store.read() as session:
        advance_bank_offset(read_offset(session, store.plumbing.bank_clock))
        moment = bank_now()
        calendar = whole_calendar(session, calendar)
        day = read_business_date(session) or calendar.business_date_at(moment)
        advance, run = running_advance(session), running(session)
    job = advance.id if advance else run.job_id if run else None
    following = calendar.next_business_date(day)
    return BusinessDateAnswer(
        business_date=day.isoformat(),
        bank_now=format_time(moment),
        state="advancing" if job else "open",
        job=job,
        days_done=advance.days_done if advance else None,
        days=advance.days if advance else None,
        step=run.step if run else None,
        ends_at=format_time(calendar.ends_at(day)),
        next_business_date=following.isoformat(),
        is_banking_day=calendar.is_banking_day(day),
        next_banking_day=calendar.following(following).isoformat(),
        calendar=calendar.name,
    )


@router.post("/advance", status_code=202, response_model=JobAnswer, responses=problems(ClockFixed, AlreadyAdvancing))
def advance_business_date(
    request: Request, body: AdvanceRequest, caller: CurrentCaller, key: OptionalIdempotencyKey
) -> Response:
    """Move the sandbox's clock by days: a job ends each business date in order."""
    store: Store = request.app.state.store
    sandbox: bool = request.app.state.settings.is_sandbox
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=202,
        command=lambda session: JobAnswer(
            job_id=request_advance(
                session, caller=caller, days=body.days, sandbox=sandbox, at=bank_now(), reason=body.reason
            )
        ),
    )


@router.get("/ends", responses=problems(BadCursor))
def list_ends_of_days(request: Request, page: Page) -> EndOfDayList:
    """List the ends of business dates with their steps, the newest first."""
    store: Store = request.app.state.store
    before = _day(page.after) if page.after is not None else None
    with store.read() as session:
        found = list_runs(session, before=before, limit=page.limit + 1)
    runs, following = page.cut(found, lambda run: run.business_date.isoformat())
    return EndOfDayList(items=[_shown(run) for run in runs], next=following)


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise BadCursor from None


def _shown(run: Run) -> EndOfDayAnswer:
    return EndOfDayAnswer.model_validate(
        {
            "business_date": run.business_date.isoformat(),
            "next_date": run.next_date.isoformat(),
            "job_id": run.job_id,
            "state": run.state,
            "step": run.step,
            "steps": run.steps,
            "started_at": format_time(run.started_at),
            "finished_at": format_time(run.finished_at) if run.finished_at else None,
        }
    )
