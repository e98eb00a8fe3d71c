"""Standing orders and transfers for a later day: place, list, look at, change, pause, cancel, and what is upcoming."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from sqlmodel import Session

from services.transactions.api.order_schemas import (
    OccurrenceAnswer,
    OrderAnswer,
    OrderList,
    OrderPatch,
    OrderRequest,
    UpcomingItem,
    UpcomingList,
)
from services.transactions.api.schemas import WhyInQuery
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.cooling_off import PayeeCoolingOff
from services.transactions.domain.cosignature import CosignatureRequired
from services.transactions.domain.journal_entry import SameAccount
from services.transactions.domain.ledger_account import (
    AccountFrozen,
    AccountNotFound,
    AccountNotOpen,
    CurrencyMismatch,
    PayeeNotFound,
)
from services.transactions.domain.standing_order import BadOrderDays, OrderEnded, OrderNotFound, StandingOrder
from services.transactions.settings import TransactionsSettings
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.ledger_store import read_business_date
from services.transactions.store.order_store import list_orders, occurrences_of
from services.transactions.use_cases.change_standing_order import (
    OrderChange,
    OrderChangedMeanwhile,
    change_standing_order,
    owned_order,
)
from services.transactions.use_cases.place_standing_order import Confirm, OrderWish, place_standing_order
from shared.clients.step_up import StepUpRequired, StepUpSubject, verify_step_up
from shared.clock import bank_now, format_time, now
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.web.dependencies import (
    BadCursor,
    CurrentCaller,
    ExpectedVersion,
    OptionalIdempotencyKey,
    Page,
)
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import IsoDate

router = APIRouter(prefix="/api/v1/standing-orders", tags=["standing orders"])

StepUpHeader = Annotated[str | None, Header(alias="Step-Up", description="From POST /auth/step-up.")]


def _shown(
    order: StandingOrder, calendar: BankCalendar, occurrences: list[OccurrenceAnswer] | None = None
) -> OrderAnswer:
    return OrderAnswer(
        id=order.id,
        from_account_id=order.account_id,
        to_account_number=order.to_account_number,
        amount_minor=order.amount_minor,
        currency=order.currency,
        description=order.description,
        rhythm=order.rhythm,
        start_on=order.start_on.isoformat(),
        end_on=order.end_on.isoformat() if order.end_on else None,
        calendar_rule=order.calendar_rule,
        retries=order.retries,
        status=order.status,
        next_due_on=order.next_due_on.isoformat() if order.next_due_on else None,
        upcoming=[day.isoformat() for day in order.upcoming(calendar, limit=5)],
        occurrences=occurrences or [],
        version=order.version,
        created_at=format_time(order.created_at),
    )


def _confirm(request: Request, caller: Caller, token: str | None) -> Confirm:
    def confirm(subject: StepUpSubject) -> str:
        return verify_step_up(token, subject=subject, caller=caller, keys=request.app.state.step_up_keys, now=now())

    return confirm


@router.post(
    "",
    status_code=201,
    response_model=OrderAnswer,
    responses=problems(
        AccountNotFound, PayeeNotFound, AccountNotOpen, AccountFrozen, CurrencyMismatch, SameAccount, BadOrderDays,
        PayeeCoolingOff, CosignatureRequired, StepUpRequired,
    ),
)  # fmt: skip
def create_standing_order(
    request: Request,
    body: OrderRequest,
    caller: CurrentCaller,
    key: OptionalIdempotencyKey,
    step_up: StepUpHeader = None,
) -> Response:
    """Order a transfer that repeats, or one for a later day (`once`)."""
    store: Store = request.app.state.store
    settings: TransactionsSettings = request.app.state.settings
    moment = bank_now()

    def place(session: Session) -> OrderAnswer:
        calendar = whole_calendar(session, settings.calendar)
        order = place_standing_order(
            session,
            caller=caller,
            wish=OrderWish(**body.model_dump()),
            calendar=calendar,
            rules=settings.rules,
            confirm=_confirm(request, caller, step_up),
            today=read_business_date(session) or moment.date(),
            at=moment,
        )
        return _shown(order, calendar)

    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=place,
    )


@router.get("", responses=problems(BadCursor))
def list_standing_orders(
    request: Request, caller: CurrentCaller, page: Page, account_id: Annotated[str | None, Query()] = None
) -> OrderList:
    """List orders: customers see those out of their own accounts, the desk everybody's."""
    store: Store = request.app.state.store
    customer = None if caller.is_staff else caller.customer_id or ""
    with store.read() as session:
        calendar = whole_calendar(session, request.app.state.calendar)
        found = list_orders(
            session, customer_id=customer, account_id=account_id, after=page.after, limit=page.limit + 1
        )
    items, following = page.cut(found, lambda order: order.id)
    return OrderList(items=[_shown(order, calendar) for order in items], next=following)


@router.get("/upcoming")
def list_upcoming(
    request: Request, caller: CurrentCaller, until: Annotated[IsoDate | None, Query()] = None
) -> UpcomingList:
    """List what will come about out of the caller's accounts: five occurrences of each order, until a day if given."""
    store: Store = request.app.state.store
    with store.read() as session:
        calendar = whole_calendar(session, request.app.state.calendar)
        customer = caller.customer_id or ""
        orders = list_orders(session, customer_id=customer, account_id=None, after=None, limit=200)
    days: list[tuple[date, StandingOrder]] = [
        (day, order) for order in orders for day in order.upcoming(calendar, limit=5) if until is None or day <= until
    ]
    items = [
        UpcomingItem(
            due_on=day.isoformat(),
            order_id=order.id,
            from_account_id=order.account_id,
            to_account_number=order.to_account_number,
            amount_minor=order.amount_minor,
            currency=order.currency,
            description=order.description,
        )
        for day, order in sorted(days, key=lambda pair: (pair[0], pair[1].id))
    ]
    return UpcomingList(items=items)


@router.get("/{order_id}", responses=problems(OrderNotFound))
def get_standing_order(request: Request, caller: CurrentCaller, order_id: str) -> OrderAnswer:
    """Give an order with its last occurrences, the newest first."""
    store: Store = request.app.state.store
    with store.read() as session:
        order, _ = owned_order(session, caller=caller, order_id=order_id)
        past = occurrences_of(session, order.id, limit=24)
        calendar = whole_calendar(session, request.app.state.calendar)
    shown = [
        OccurrenceAnswer.model_validate(
            {
                "nominal_on": one.nominal_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "state": one.state,
                "tries": one.tries,
                "next_try_on": one.next_try_on.isoformat() if one.state == "due" else None,
                "transaction_id": one.entry_id,
                "refusal": one.refusal,
            }
        )
        for one in past
    ]
    return _shown(order, calendar, shown)


def _change(
    request: Request,
    caller: Caller,
    order_id: str,
    version: int | None,
    change: OrderChange,
    step_up: str | None,
    reason: str | None,
) -> OrderAnswer:
    store: Store = request.app.state.store
    settings: TransactionsSettings = request.app.state.settings
    moment = bank_now()
    with store.write() as session:
        calendar = whole_calendar(session, settings.calendar)
        order = change_standing_order(
            session,
            caller=caller,
            order_id=order_id,
            expected_version=version,
            change=change,
            calendar=calendar,
            rules=settings.rules,
            confirm=_confirm(request, caller, step_up),
            today=read_business_date(session) or moment.date(),
            at=moment,
            reason=reason,
        )
    return _shown(order, calendar)


@router.patch(
    "/{order_id}",
    responses=problems(
        OrderNotFound, OrderEnded, OrderChangedMeanwhile, PayeeNotFound, PayeeCoolingOff, CosignatureRequired,
        StepUpRequired,
    ),
)  # fmt: skip
def change_order(
    request: Request,
    body: OrderPatch,
    caller: CurrentCaller,
    version: ExpectedVersion,
    order_id: str,
    step_up: StepUpHeader = None,
) -> OrderAnswer:
    """Change amount, description or end; pause it or let it go on. What a pause left out is not made up for."""
    change = OrderChange(body.amount_minor, body.description, body.end_on, body.status)
    return _change(request, caller, order_id, version, change, step_up, body.reason)


@router.delete("/{order_id}", status_code=204, responses=problems(OrderNotFound, OrderEnded))
def cancel_order(request: Request, caller: CurrentCaller, order_id: str, reason: WhyInQuery = None) -> Response:
    """Cancel an order for good; what came about stays booked."""
    _change(request, caller, order_id, None, OrderChange(status="cancelled"), None, reason)
    return Response(status_code=204)
