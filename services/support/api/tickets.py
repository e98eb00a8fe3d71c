"""What is done to tickets over HTTP: raise, change, answer, resolve, reopen. Lists are in `queues.py`."""

from fastapi import APIRouter, Request, Response

from services.support.api.dependencies import AccountsDep, CurrentViewer, LevelsDep, StoreDep
from services.support.api.schemas import (
    MessageAnswer,
    MessageRequest,
    ReopenRequest,
    ResolveRequest,
    TicketAnswer,
    TicketChange,
    TicketRequest,
)
from services.support.domain.ticket import (
    CustomersOnly,
    NotForCustomers,
    StepNotAllowed,
    TicketClosed,
    TicketNotFound,
    UnknownAccount,
    VersionMismatch,
    Viewer,
)
from services.support.store.clock_store import clocks_of
from services.support.use_cases.add_message import add_message
from services.support.use_cases.raise_ticket import check_account, raise_ticket
from services.support.use_cases.reopen_ticket import reopen_ticket
from services.support.use_cases.resolve_ticket import resolve_ticket
from services.support.use_cases.update_ticket import update_ticket
from shared.clock import bank_now
from shared.errors import Unavailable
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, etag
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
    levels: LevelsDep,
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
        command=lambda session: TicketAnswer.of(
            raise_ticket(
                session, caller=caller, customer_id=customer_id, order=body.to_order(), levels=levels, now=now
            ),
            Viewer(is_desk=False, customer_id=customer_id),
        ),
    )


@router.patch("/{ticket_id}", responses=problems(TicketNotFound, VersionMismatch, StepNotAllowed))
def change_ticket(
    ticket_id: str,
    body: TicketChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    levels: LevelsDep,
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
            levels=levels,
            now=bank_now(),
        )
        clocks = clocks_of(session, ticket_id=ticket.id)
    response.headers["etag"] = etag(ticket.version)
    return TicketAnswer.of(ticket, viewer, clocks)


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
    levels: LevelsDep,
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
                levels=levels,
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
    levels: LevelsDep,
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
        command=lambda session: TicketAnswer.of(
            resolve_ticket(
                session,
                caller=caller,
                viewer=viewer,
                ticket_id=ticket_id,
                resolution=resolution,
                levels=levels,
                now=now,
            ),
            viewer,
            clocks_of(session, ticket_id=ticket_id),
        ),
    )


@router.post("/{ticket_id}/reopen", response_model=TicketAnswer, responses=problems(TicketNotFound, StepNotAllowed))
def reopen(
    ticket_id: str,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    levels: LevelsDep,
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
        command=lambda session: TicketAnswer.of(
            reopen_ticket(session, caller=caller, viewer=viewer, ticket_id=ticket_id, levels=levels, now=now),
            viewer,
            clocks_of(session, ticket_id=ticket_id),
        ),
    )
