"""The desk's work on tickets over HTTP: assign, escalate, who else looks; and the customer's rating."""

from fastapi import APIRouter, Request, Response

from services.support.api.dependencies import CurrentViewer, StoreDep
from services.support.api.schemas import (
    AssignRequest,
    EscalateRequest,
    RateRequest,
    RatingAnswer,
    TicketAnswer,
    ViewerAnswer,
    ViewingAnswer,
    ViewingRequest,
)
from services.support.domain.ticket import NotResolvedYet, RatedAlready, TicketNotFound
from services.support.store.clock_store import clocks_of
from services.support.store.ticket_queries import get_ticket
from services.support.use_cases.assign_ticket import assign_ticket
from services.support.use_cases.escalate_ticket import BY_HAND, escalate_ticket
from services.support.use_cases.note_viewing import note_viewing
from services.support.use_cases.rate_resolution import rate_resolution
from shared.clock import bank_now, now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/tickets", tags=["support"])


@router.post("/{ticket_id}/assign", response_model=TicketAnswer, responses=problems(TicketNotFound))
def assign(
    ticket_id: str,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: AssignRequest | None = None,
) -> Response:
    """Give the ticket to somebody of the desk, to nobody (null), or without a body to yourself."""
    named = body is not None and "assignee_user_id" in body.model_fields_set
    assignee = body.assignee_user_id if body is not None and named else caller.user_id
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: TicketAnswer.of(
            assign_ticket(session, caller=caller, viewer=viewer, ticket_id=ticket_id, assignee_user_id=assignee),
            viewer,
            clocks_of(session, ticket_id=ticket_id),
        ),
    )


@router.post("/{ticket_id}/escalate", response_model=TicketAnswer, responses=problems(TicketNotFound))
def escalate(
    ticket_id: str,
    body: EscalateRequest,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Say that the ticket needs more attention, and why. The customer does not see it."""
    at = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: TicketAnswer.of(
            escalate_ticket(
                session,
                caller=caller,
                ticket=get_ticket(session, viewer=viewer, ticket_id=ticket_id),
                cause=BY_HAND,
                reason=body.reason,
                now=at,
            ),
            viewer,
            clocks_of(session, ticket_id=ticket_id),
        ),
    )


@router.post("/{ticket_id}/viewing", responses=problems(TicketNotFound))
def view(
    ticket_id: str,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    _key: OptionalIdempotencyKey,
    body: ViewingRequest | None = None,
) -> ViewingAnswer:
    """Say that you have the ticket open, about every 20 s, and read who else has."""
    with store.write() as session:
        others = note_viewing(session, caller=caller, viewer=viewer, ticket_id=ticket_id, now=now())
    return ViewingAnswer(others=[ViewerAnswer.model_validate(one) for one in others])


@router.post(
    "/{ticket_id}/rate",
    status_code=201,
    response_model=RatingAnswer,
    responses=problems(TicketNotFound, NotResolvedYet, RatedAlready),
)
def rate(
    ticket_id: str,
    body: RateRequest,
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Say how the resolution was, from 1 to 5: once for each resolution."""
    at = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: RatingAnswer.model_validate(
            rate_resolution(
                session,
                caller=caller,
                viewer=viewer,
                ticket_id=ticket_id,
                score=body.score,
                comment=body.comment,
                now=at,
            )[1]
        ),
    )
