"""Writing tickets and messages, inside the use case's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

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


def resolved_before(session: Session, *, moment: datetime, limit: int) -> Sequence[TicketRow]:
    """Give tickets that were resolved until a moment and are not closed."""
    due = select(TicketRow).where(TicketRow.status == "resolved", col(TicketRow.resolved_at) <= moment)
    return session.exec(due.order_by(col(TicketRow.id)).limit(limit)).all()
