"""Note that somebody of the desk has a ticket open, and tell who else has.

Who: the desk, about every 20 s while the ticket is open on a screen. Rule: here. Says: nothing; it is no change of
anything and leaves no audit record.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from services.support.domain.ticket import Viewer
from services.support.store import desk_store
from services.support.store.tables import ViewingRow
from services.support.store.ticket_queries import reachable_ticket
from shared.contracts.caller import Caller

STILL_OPEN = timedelta(seconds=60)


def note_viewing(
    session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, now: datetime
) -> Sequence[ViewingRow]:
    """Note the caller and give the others who had it open within the last minute.

    :raises TicketNotFound: if there is no such ticket
    """
    ticket = reachable_ticket(session, viewer=viewer, ticket_id=ticket_id)
    own = caller.user_id or ""
    desk_store.note_viewing(session, ticket_id=ticket.id, user_id=own, now=now)
    return desk_store.others_viewing(session, ticket_id=ticket.id, user_id=own, since=now - STILL_OPEN)
