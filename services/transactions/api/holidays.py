"""The bank's holidays: those of its calendar, which are given, and its own, which staff keep and withdraw."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import StringConstraints
from starlette.responses import Response

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import AlreadyClosed, BadHoliday, ClosedTooLong, Holiday, HolidayNotFound
from services.transactions.store.holiday_store import own_holidays
from services.transactions.store.ledger_store import read_business_date
from services.transactions.use_cases.keep_holiday import keep_holiday
from services.transactions.use_cases.withdraw_holiday import withdraw_holiday
from shared.clock import bank_now
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import Answer, IsoDate, ListAnswer, Moment, StrictModel

router = APIRouter(prefix="/api/v1/holidays", tags=["business date"])

_PLAIN = r"^[^\x00-\x1f\x7f-\x9f]*$"
Name = Annotated[str, StringConstraints(min_length=3, max_length=80, pattern=_PLAIN)]
Reason = Annotated[str, StringConstraints(min_length=3, max_length=500, pattern=_PLAIN)]


class HolidayRequest(StrictModel):
    """A day on which the bank is to be closed, what it is called, and why, which lands in the audit trail."""

    day: IsoDate
    name: Name
    reason: Reason


class WithdrawHolidayRequest(StrictModel):
    """Why the bank is to be open after all."""

    reason: Reason


class HolidayAnswer(Answer):
    """A day on which the bank is closed: by its calendar, or its own; then with who kept it, when, and why."""

    day: str
    name: str
    kind: Literal["calendar", "own"]
    reason: str | None = None
    kept_by: str | None = None
    kept_at: Moment | None = None

    @classmethod
    def of(cls, own: Holiday) -> "HolidayAnswer":
        """Show one of the bank's own."""
        return cls(
            day=own.day.isoformat(),
            name=own.name,
            kind="own",
            reason=own.reason,
            kept_by=own.kept_by,
            kept_at=own.kept_at,
        )


class HolidayList(ListAnswer[HolidayAnswer]):
    """The holidays of a year in their order; `calendar` is the name of the calendar. Weekends are not listed."""

    calendar: str
    year: int


@router.get("")
def list_holidays(
    request: Request,
    year: Annotated[int | None, Query(ge=2000, le=2200, description="Unset: the year of the business date.")] = None,
) -> HolidayList:
    """List the holidays of a year: the calendar's and the bank's own."""
    store: Store = request.app.state.store
    calendar: BankCalendar = request.app.state.calendar
    with store.read() as session:
        day = read_business_date(session) or calendar.business_date_at(bank_now())
        chosen = day.year if year is None else year
        own = [HolidayAnswer.of(one) for one in own_holidays(session, chosen)]
    given = [
        HolidayAnswer(day=of.isoformat(), name=name, kind="calendar")
        for of, name in calendar.named_holidays(chosen).items()
    ]
    items = sorted(given + own, key=lambda one: one.day)
    return HolidayList(items=items, next=None, calendar=calendar.name, year=chosen)


@router.post(
    "",
    status_code=201,
    response_model=HolidayAnswer,
    responses=problems(BadHoliday, AlreadyClosed, ClosedTooLong),
)
def create_holiday(
    request: Request, body: HolidayRequest, caller: CurrentCaller, key: OptionalIdempotencyKey
) -> Response:
    """Close the bank on a day that lies ahead; orders that are due then move by their own rule."""
    return answer_once(
        request.app.state.store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: HolidayAnswer.of(
            keep_holiday(
                session,
                caller=caller,
                day=body.day,
                name=body.name,
                reason=body.reason,
                calendar=request.app.state.calendar,
                at=bank_now(),
            )
        ),
    )


@router.post("/{day}/withdraw", response_model=HolidayAnswer, responses=problems(HolidayNotFound, BadHoliday))
def withdraw(
    request: Request,
    day: Annotated[IsoDate, Path(description="The holiday's day.")],
    body: WithdrawHolidayRequest,
    caller: CurrentCaller,
    key: OptionalIdempotencyKey,
) -> Response:
    """Open the bank after all on a day that it had made a holiday; those of the calendar stay."""
    return answer_once(
        request.app.state.store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: HolidayAnswer.of(
            withdraw_holiday(
                session,
                caller=caller,
                day=day,
                reason=body.reason,
                calendar=request.app.state.calendar,
                at=bank_now(),
            )
        ),
    )
