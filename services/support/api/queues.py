"""Reading tickets over HTTP: lists, queues with their counts, one ticket with its thread."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.support.api.dependencies import CurrentViewer, StoreDep
from services.support.api.schemas import (
    AttachmentAnswer,
    MessageAnswer,
    QueueCounts,
    RatingAnswer,
    TicketAnswer,
    TicketDetail,
    TicketList,
    ViewerAnswer,
)
from services.support.domain.ticket import Priority, Queue, Status, TicketNotFound, TicketType
from services.support.store.attachment_store import list_attachments
from services.support.store.clock_store import clocks_of, clocks_of_many
from services.support.store.desk_store import others_viewing, rating_of
from services.support.store.ticket_queries import TicketFilter, count_queues, get_ticket, list_messages, list_tickets
from services.support.use_cases.note_viewing import STILL_OPEN
from shared.clock import now
from shared.observability.context import looked_at
from shared.web.dependencies import CurrentCaller, Page, etag
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/tickets", tags=["support"])

Words = Annotated[str | None, Query(min_length=1, max_length=100)]


@router.get("")
def read_tickets(
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    page: Page,
    status: Status | None = None,
    queue: Queue | None = None,
    type: TicketType | None = None,
    priority: Priority | None = None,
    q: Words = None,
    customer_id: Annotated[str | None, Query(max_length=64)] = None,
) -> TicketList:
    """List tickets, newest first: your own, or all for the desk, or one customer's. `q` looks in number and texts."""
    narrowed = TicketFilter(status, queue, type, priority, q, caller.user_id, customer_id)
    with store.read() as session:
        rows = list_tickets(session, viewer=viewer, narrowed=narrowed, after=page.after, limit=page.limit + 1)
        clocks = clocks_of_many(session, ticket_ids=[row.id for row in rows] if viewer.is_desk else [])
    items, cursor = page.cut(rows, lambda ticket: ticket.id)
    looked_at(*(one.customer_id for one in items))
    return TicketList(items=[TicketAnswer.of(one, viewer, clocks.get(one.id, ())) for one in items], next=cursor)


@router.get("/queues")
def read_queues(caller: CurrentCaller, store: StoreDep) -> QueueCounts:
    """Count the tickets of each queue; `mine` are the caller's."""
    with store.read() as session:
        counted = count_queues(session, user_id=caller.user_id)
    return QueueCounts(**counted)


@router.get("/{ticket_id}", responses=problems(TicketNotFound))
def read_ticket(
    ticket_id: str, caller: CurrentCaller, viewer: CurrentViewer, store: StoreDep, response: Response
) -> TicketDetail:
    """Read one ticket with its thread and files. Internal notes and files are shown to the desk only."""
    with store.read() as session:
        ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
        messages = list_messages(session, viewer=viewer, ticket_id=ticket_id)
        attachments = list_attachments(session, viewer=viewer, ticket_id=ticket_id)
        clocks = clocks_of(session, ticket_id=ticket_id)
        rating = rating_of(session, ticket_id=ticket_id, resolution=ticket.resolutions)
        others = others_viewing(session, ticket_id=ticket_id, user_id=caller.user_id, since=now() - STILL_OPEN)
    response.headers["etag"] = etag(ticket.version)
    return TicketDetail(
        **TicketAnswer.of(ticket, viewer, clocks).model_dump(),
        messages=[MessageAnswer.of(message, viewer) for message in messages],
        attachments=[AttachmentAnswer.of(attachment, viewer) for attachment in attachments],
        rating=None if rating is None else RatingAnswer.model_validate(rating),
        also_open=[ViewerAnswer.model_validate(one) for one in others] if viewer.is_desk else None,
    )
