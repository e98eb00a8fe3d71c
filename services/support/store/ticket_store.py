"""Writing tickets and messages, inside the use case's transaction."""

from sqlalchemy import func
from sqlmodel import Session, select

from services.support.domain.ticket import FIRST_NUMBER
from services.support.store.tables import MessageRow, TicketRow


def next_sequence(session: Session) -> int:
    """Give the next number to say; the write transaction makes it ours alone."""
    highest = session.exec(select(func.coalesce(func.max(TicketRow.sequence), FIRST_NUMBER - 1))).one()
    return int(highest) + 1


def add_ticket(session: Session, ticket: TicketRow) -> None:
    """Keep a new ticket."""
    session.add(ticket)
    session.flush()


def keep_message(session: Session, message: MessageRow) -> None:
    """Keep a new message."""
    session.add(message)
    session.flush()


def save_ticket(session: Session, ticket: TicketRow) -> None:
    """Write a changed ticket and count its version up."""
    ticket.version += 1
    session.add(ticket)
    session.flush()
