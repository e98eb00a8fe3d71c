"""Reading tickets, queues and threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, or_, select

from services.support.domain.ticket import (
    DONE,
    OPEN,
    Priority,
    Queue,
    Status,
    TicketNotFound,
    TicketType,
    Viewer,
    check_visible,
)
from services.support.store.tables import ClockRow, MessageRow, TicketRow
from shared.clock import format_time
from shared.observability.context import looked_at

_FOR_CUSTOMERS: frozenset[Queue] = frozenset({"all", "pending", "resolved"})


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What a list of tickets is narrowed to; `user_id` says whose `mine` is."""

    status: Status | None = None
    queue: Queue | None = None
    type: TicketType | None = None
    priority: Priority | None = None
    words: str | None = None
    user_id: str | None = None
    customer_id: str | None = None


def list_tickets(
    session: Session, *, viewer: Viewer, narrowed: TicketFilter, after: str | None, limit: int
) -> Sequence[TicketRow]:
    """Give up to `limit` tickets, newest first, from below the id `after`."""
    wanted = select(TicketRow)
    if not viewer.is_desk:
        wanted = wanted.where(TicketRow.customer_id == viewer.customer_id)
    if narrowed.customer_id is not None:
        wanted = wanted.where(TicketRow.customer_id == narrowed.customer_id)
    if narrowed.status is not None:
        wanted = wanted.where(TicketRow.status == narrowed.status)
    if narrowed.queue is not None and not viewer.is_desk and narrowed.queue not in _FOR_CUSTOMERS:
        return []  # who of the desk has a ticket, and what it promised, is the desk's
    if narrowed.queue is not None:
        wanted = wanted.where(_in_queue(narrowed.queue, narrowed.user_id))
    if narrowed.type is not None:
        wanted = wanted.where(TicketRow.type == narrowed.type)
    if narrowed.priority is not None:
        wanted = wanted.where(TicketRow.priority == narrowed.priority)
    if narrowed.words is not None:
        wanted = wanted.where(_says(narrowed.words, viewer))
    if after is not None:
        wanted = wanted.where(TicketRow.id < after)
    return session.exec(wanted.order_by(col(TicketRow.id).desc()).limit(limit)).all()


def count_queues(session: Session, *, user_id: str | None) -> dict[Queue, int]:
    """Count the tickets of each queue of the desk, in one pass over the tickets."""
    queues: tuple[Queue, ...] = ("all", "pending", "mine", "unassigned", "warned", "breached", "resolved")
    counted = [func.coalesce(func.sum(case((_in_queue(queue, user_id), 1), else_=0)), 0) for queue in queues]
    found = session.execute(select(*counted).select_from(TicketRow)).one()
    return {queue: int(count) for queue, count in zip(queues, found, strict=True)}


def get_ticket(session: Session, *, viewer: Viewer, ticket_id: str) -> TicketRow:
    """Give one ticket.

    :raises TicketNotFound: if it is missing or somebody else's
    """
    ticket = reachable_ticket(session, viewer=viewer, ticket_id=ticket_id)
    looked_at(ticket.customer_id)
    return ticket


def reachable_ticket(session: Session, *, viewer: Viewer, ticket_id: str) -> TicketRow:
    """Give one ticket as `get_ticket` does, to whom nothing of it is shown: it is no look.

    :raises TicketNotFound: if it is missing or somebody else's
    """
    ticket = session.get(TicketRow, ticket_id)
    if ticket is None:
        raise TicketNotFound()
    check_visible(viewer=viewer, ticket_customer_id=ticket.customer_id)
    return ticket


def list_messages(session: Session, *, viewer: Viewer, ticket_id: str) -> Sequence[MessageRow]:
    """Give a ticket's thread, oldest first; internal notes only to the desk."""
    wanted = select(MessageRow).where(MessageRow.ticket_id == ticket_id)
    if not viewer.is_desk:
        wanted = wanted.where(col(MessageRow.internal).is_(False))
    return session.exec(wanted.order_by(col(MessageRow.id))).all()


def _in_queue(queue: Queue, user_id: str | None) -> ColumnElement[bool]:
    """Say what is in a queue; those of a person and of promises have open work only. `warned`: a promise is at risk."""
    status, assignee = col(TicketRow.status), col(TicketRow.assignee_user_id)
    pending = status.in_(OPEN)
    if queue == "all":
        return col(TicketRow.id).is_not(None)
    if queue == "pending":
        return pending
    if queue == "resolved":
        return status.in_(DONE)
    if queue == "mine":
        return and_(pending, assignee == user_id)
    if queue == "unassigned":
        return and_(pending, assignee.is_(None))
    clocks = select(ClockRow.ticket_id)
    if queue == "warned":
        runs = and_(col(ClockRow.state) == "running", col(ClockRow.breached_at).is_(None))
        clocks = clocks.where(col(ClockRow.warned_at).is_not(None), runs)
    else:
        clocks = clocks.where(col(ClockRow.breached_at).is_not(None))
    return and_(pending, col(TicketRow.id).in_(clocks))


def _says(words: str, viewer: Viewer) -> ColumnElement[bool]:
    """Look for words in what the viewer may read: a search must not find what only a note says."""
    sought = words.lower()
    texts = (TicketRow.number, TicketRow.subject, TicketRow.description, TicketRow.resolution)
    found = [func.lower(col(text)).contains(sought, autoescape=True) for text in texts]
    said = select(MessageRow.ticket_id).where(func.lower(col(MessageRow.text)).contains(sought, autoescape=True))
    if not viewer.is_desk:
        said = said.where(col(MessageRow.internal).is_(False))
    return or_(*found, col(TicketRow.id).in_(said))


def count_tickets(session: Session) -> list[dict[str, Any]]:
    """Count the tickets by type, priority and status, each group with when its oldest was raised."""
    groups = (col(TicketRow.type), col(TicketRow.priority), col(TicketRow.status))
    found = session.execute(
        sa_select(*groups, func.count(), func.min(TicketRow.created_at)).group_by(*groups).order_by(*groups)
    )
    names = ("type", "priority", "status", "tickets", "oldest_created_at")
    return [dict(zip(names, (*row[:4], format_time(row[4])), strict=True)) for row in found]
