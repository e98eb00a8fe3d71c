"""Files of tickets: the bytes lie apart from what lists read."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from services.support.domain.attachment import AttachmentNotFound
from services.support.domain.ticket import TicketNotFound, Viewer
from services.support.store.tables import AttachmentContentRow, AttachmentRow
from services.support.store.ticket_queries import get_ticket


def add_attachment(session: Session, attachment: AttachmentRow, content: bytes) -> None:
    """Keep a new file."""
    session.add(attachment)
    session.flush()
    session.add(AttachmentContentRow(attachment_id=attachment.id, content=content))
    session.flush()


def count_attachments(session: Session, *, ticket_id: str) -> int:
    """Count the files of a ticket, internal ones too."""
    return session.exec(
        select(func.count()).select_from(AttachmentRow).where(AttachmentRow.ticket_id == ticket_id)
    ).one()


def list_attachments(session: Session, *, viewer: Viewer, ticket_id: str) -> Sequence[AttachmentRow]:
    """Give a ticket's files in the order in which they came; internal ones only to the desk."""
    wanted = select(AttachmentRow).where(AttachmentRow.ticket_id == ticket_id)
    if not viewer.is_desk:
        wanted = wanted.where(col(AttachmentRow.internal).is_(False))
    return session.exec(wanted.order_by(col(AttachmentRow.created_at), col(AttachmentRow.id))).all()


def get_content(session: Session, *, viewer: Viewer, attachment_id: str) -> tuple[AttachmentRow, bytes]:
    """Give a file with its bytes.

    :raises AttachmentNotFound: if it is missing, internal, or of somebody else's ticket: all look alike
    """
    found = session.get(AttachmentRow, attachment_id)
    if found is None or (found.internal and not viewer.is_desk):
        raise AttachmentNotFound()
    try:
        get_ticket(session, viewer=viewer, ticket_id=found.ticket_id)
    except TicketNotFound:
        raise AttachmentNotFound() from None
    content = session.get(AttachmentContentRow, attachment_id)
    if content is None:
        raise AttachmentNotFound()
    return found, content.content
