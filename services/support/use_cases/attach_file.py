"""Attach a file to a ticket.

Who: its customer; the desk, also as an internal file. Rule: `domain/attachment.py`. Says: nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.support.domain.attachment import MOST_PER_TICKET, TooManyAttachments, check_content, safe_name
from services.support.domain.ticket import AuthorKind, Viewer, status_after_message
from services.support.store.attachment_store import add_attachment, count_attachments
from services.support.store.tables import AttachmentRow
from services.support.store.ticket_queries import get_ticket
from services.support.store.ticket_store import save_ticket
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: its name and type are only what the sender says."""

    name: str
    declared_type: str
    content: bytes
    internal: bool = False


def attach_file(
    session: Session, *, caller: Caller, viewer: Viewer, ticket_id: str, file: File, now: datetime
) -> AttachmentRow:
    """Keep a file under a random id.

    :raises TicketNotFound: if the ticket is missing or somebody else's
    :raises NotForCustomers: if a customer attaches an internal file
    :raises TicketClosed: if the ticket is closed
    :raises Refusal: what `check_content` raises, or TooManyAttachments
    """
    ticket = get_ticket(session, viewer=viewer, ticket_id=ticket_id)
    author: AuthorKind = "staff" if viewer.is_desk else "customer"
    status_after_message(current=ticket.status, author=author, internal=file.internal)
    kind = check_content(declared=file.declared_type, content=file.content)
    if count_attachments(session, ticket_id=ticket.id) >= MOST_PER_TICKET:
        raise TooManyAttachments()
    attachment = AttachmentRow(
        id=secrets.token_hex(16),
        ticket_id=ticket.id,
        name=safe_name(file.name),
        media_type=kind,
        size_bytes=len(file.content),
        author=author,
        author_user_id=caller.user_id or "",
        internal=file.internal,
        created_at=now,
    )
    add_attachment(session, attachment, file.content)
    record_audit(
        session,
        caller=caller,
        command="attach-file",
        subject_type="ticket",
        subject_id=ticket.id,
        after={"attachment_id": attachment.id, "size_bytes": attachment.size_bytes, "internal": file.internal},
    )
    if not file.internal:  # as with notes, nothing that the customer sees moves for an internal one
        ticket.updated_at = now
        save_ticket(session, ticket)
    return attachment
