"""Tickets over HTTP: raise, list, read, change, answer, resolve, reopen."""

from fastapi import APIRouter, Request, Response

from services.support.api.dependencies import AccountsDep, CurrentViewer, StoreDep
from services.support.api.schemas import (
    MessageAnswer,
    MessageRequest,
    ReopenRequest,
    ResolveRequest,
    TicketAnswer,
    TicketChange,
    TicketDetail,
    TicketList,
    TicketRequest,
)
from services.support.domain.ticket import (
    CustomersOnly,
    NotForCustomers,
    Status,
    StepNotAllowed,
    TicketClosed,
    TicketNotFound,
    UnknownAccount,
    VersionMismatch,
)
from services.support.store.ticket_queries import get_ticket, list_messages, list_tickets
from services.support.use_cases.add_message import add_message
from services.support.use_cases.raise_ticket import check_account, raise_ticket
from services.support.use_cases.reopen_ticket import reopen_ticket
from services.support.use_cases.resolve_ticket import resolve_ticket
from services.support.use_cases.update_ticket import update_ticket
from shared.clock import bank_now
from shared.errors import Unavailable
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/tickets", tags=["support"])


@router.post(
    "",
    status_code=201,
    response_model=TicketAnswer,
    responses=problems(CustomersOnly, UnknownAccount, Unavailable),
)
def create_ticket(
    body: TicketRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    accounts: AccountsDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Ask the bank for help. An account that is named must be your own."""
    customer_id = caller.customer_id
    if customer_id is None:
        raise CustomersOnly
    if body.account_id is not None:
        check_account(accounts=accounts, customer_id=customer_id, account_id=body.account_id)
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: TicketAnswer.model_validate(
            raise_ticket(session, caller=caller, customer_id=customer_id, order=body.to_order(), now=now)
        ),
    )


@router.get("")
def read_tickets(viewer: CurrentViewer, store: StoreDep, page: Page, status: Status | None = None) -> TicketList:
    """List tickets, newest first: your own, or all for the desk."""
    with store.read() as session:
        rows = list_tickets(session, viewer=viewer, status=status, after=page.after, limit=page.limit + 1)
    items, cursor = page.cut(rows, lambda ticket: ticket.id)
    return TicketList(items=[TicketAnswer.model_validate(ticket) for ticket in items], next=cursor)


@router.get("/{ticket_id}", responses=problems(TicketNotFound))
def read_ticket(ticket_id: str, viewer: CurrentViewer, store: StoreDep, response: Response) -> TicketDetail:
    """Read one ticket with its thread. Internal notes are shown to the desk only."""
    with store.read() as session:
        ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
        messages = list_messages(session, viewer=viewer, ticket_id=ticket_id)
    response.headers["etag"] = etag(ticket.version)
    return TicketDetail.of(ticket, [MessageAnswer.of(message, viewer) for message in messages])


@router.patch("/{ticket_id}", responses=problems(TicketNotFound, VersionMismatch, StepNotAllowed))
def change_ticket(
    ticket_id: str,
    body: TicketChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    response: Response,
) -> TicketAnswer:
    """Change the status or the priority of a ticket."""
    with store.write() as session:
        ticket = update_ticket(
            session,
            caller=caller,
            viewer=viewer,
            ticket_id=ticket_id,
            seen_version=version,
            status=body.status,
            priority=body.priority,
            now=bank_now(),
        )
    response.headers["etag"] = etag(ticket.version)
    return TicketAnswer.model_validate(ticket)


@router.post(
    "/{ticket_id}/messages",
    status_code=201,
    response_model=MessageAnswer,
    responses=problems(TicketNotFound, NotForCustomers, TicketClosed),
)
def create_message(
    ticket_id: str,
    body: MessageRequest,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Write to a ticket's thread; the desk may also leave an internal note."""
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: MessageAnswer.of(
            add_message(
                session,
                caller=caller,
                viewer=viewer,
                ticket_id=ticket_id,
                text=body.text,
                internal=body.internal,
                now=now,
            ),
            viewer,
        ),
    )


@router.post("/{ticket_id}/resolve", response_model=TicketAnswer, responses=problems(TicketNotFound, StepNotAllowed))
def resolve(
    ticket_id: str,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: ResolveRequest | None = None,
) -> Response:
    """Say how the matter was settled; without a text the stated default stands."""
    now = bank_now()
    resolution = body.resolution if body else None
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: TicketAnswer.model_validate(
            resolve_ticket(session, caller=caller, viewer=viewer, ticket_id=ticket_id, resolution=resolution, now=now)
        ),
    )


@router.post("/{ticket_id}/reopen", response_model=TicketAnswer, responses=problems(TicketNotFound, StepNotAllowed))
def reopen(
    ticket_id: str,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: ReopenRequest | None = None,
) -> Response:
    """Bring a resolved or closed ticket back to open."""
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: TicketAnswer.model_validate(
            reopen_ticket(session, caller=caller, viewer=viewer, ticket_id=ticket_id, now=now)
        ),
    )
