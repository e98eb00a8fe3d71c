"""Rate how a ticket was resolved: one answer per resolution.

Who: its customer. Rule: `domain/ticket.py`. Says: `TicketRated`.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.ticket import Viewer, check_ratable
from services.support.store.desk_store import add_rating, is_rated
from services.support.store.tables import RatingRow, TicketRow
from services.support.store.ticket_queries import get_ticket
from shared.contracts.caller import Caller
from shared.contracts.support import TicketRated
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def rate_resolution(
    session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, score: int, comment: str | None, now: datetime
) -> tuple[TicketRow, RatingRow]:
    """Keep the score (1 to 5) and what the customer says to it.

    :raises TicketNotFound: if it is missing or somebody else's
    :raises NotResolvedYet: if there is no resolution
    :raises RatedAlready: if this resolution was rated
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    rated = is_rated(session, ticket_id=ticket.id, resolution=ticket.resolutions)
    check_ratable(current=ticket.status, rated=rated)
    rating = RatingRow(ticket_id=ticket.id, resolution=ticket.resolutions, score=score, comment=comment, created_at=now)
    add_rating(session, rating)
    record_audit(
        session,
        caller=caller,
        command="rate-resolution",
        subject_type="ticket",
        subject_id=ticket.id,
        after={"score": score},
    )
    append_facts(session, TicketRated(ticket_id=ticket.id, number=ticket.number, score=score))
    return ticket, rating
