"""Reading tickets and their threads."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from services.support.domain.ticket import Status, TicketNotFound, Viewer, check_visible
from services.support.store.tables import MessageRow, TicketRow


def list_tickets(
    session: Session, *, viewer: Viewer, status: Status | None, after: str | None, limit: int
) -> Sequence[TicketRow]:
    """Give up to `limit` tickets, newest first, from below the id `after`."""
    wanted = select(TicketRow)
    if not viewer.is_desk:
        wanted = wanted.where(TicketRow.customer_id == viewer.customer_id)
    if status is not None:
        wanted = wanted.where(TicketRow.status == status)
    if after is not None:
        wanted = wanted.where(TicketRow.id < after)
    return session.exec(wanted.order_by(col(TicketRow.id).desc()).limit(limit)).all()


def get_ticket(session: Session, *, viewer: Viewer, ticket_id: str) -> TicketRow:
    """Give one ticket.

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
