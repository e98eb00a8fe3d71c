"""The tables of the support desk: tickets, their threads, files, clocks and ratings."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from services.support.domain.service_level import ClockKind, ClockState
from services.support.domain.ticket import AuthorKind, Priority, Status, TicketType
from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.store.types import UtcDateTime

REGISTRY = service_registry("support")


class SupportTable(SQLModel, registry=REGISTRY):
    """Base of the desk's tables."""


class TicketRow(SupportTable, table=True):
    """A request for help; `sequence` is the number that people say, without its letter."""

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint("status IN ('open','in-progress','waiting-on-customer','resolved','closed')", name="status"),
        Index("ix_tickets_customer_id_id", "customer_id", "id"),
        Index("ix_tickets_status_id", "status", "id"),
        Index("ix_tickets_assignee_user_id_status", "assignee_user_id", "status"),
    )

    id: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger, unique=True)
    number: str = Field(unique=True)
    customer_id: str
    user_id: str
    type: TicketType = Field(sa_type=Text)
    subject: str
    description: str
    status: Status = Field(sa_type=Text)
    priority: Priority = Field(sa_type=Text)
    account_id: str | None = None
    transaction_id: str | None = None
    resolution: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(sa_type=BigInteger)
    assignee_user_id: str | None = None
    escalated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    escalation: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolutions: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    """How often it was resolved: each resolution is rated once."""


class ClockRow(SupportTable, table=True):
    """One promise for one ticket (`domain/service_level.py`); while it is paused it has no due time."""

    __tablename__ = "clocks"
    __table_args__ = (
        CheckConstraint("kind IN ('first-response','resolution')", name="kind"),
        CheckConstraint("state IN ('running','paused','met')", name="state"),
        Index("ix_clocks_state_due_at", "state", "due_at"),
        Index("ix_clocks_state_warn_at", "state", "warn_at"),
    )

    ticket_id: str = Field(primary_key=True, foreign_key="tickets.id")
    kind: ClockKind = Field(sa_type=Text, primary_key=True)
    state: ClockState = Field(sa_type=Text)
    target_seconds: int = Field(sa_type=BigInteger)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    warn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remaining_seconds: int | None = Field(default=None, sa_type=BigInteger)
    warned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    breached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    met_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RatingRow(SupportTable, table=True):
    """What a customer said about one resolution. Append-only."""

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    ticket_id: str = Field(primary_key=True, foreign_key="tickets.id")
    resolution: int = Field(primary_key=True, sa_type=BigInteger)
    score: int = Field(sa_type=BigInteger)
    comment: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class AttachmentRow(SupportTable, table=True):
    """A file of a ticket under a random id; an internal one is for staff only. Append-only."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_ticket_id", "ticket_id"),)

    id: str = Field(primary_key=True)
    ticket_id: str = Field(foreign_key="tickets.id")
    name: str
    media_type: str
    size_bytes: int = Field(sa_type=BigInteger)
    author: AuthorKind = Field(sa_type=Text)
    author_user_id: str
    internal: bool
    created_at: datetime = Field(sa_type=UtcDateTime)


class AttachmentContentRow(SupportTable, table=True):
    """The bytes of a file, apart from what lists read. Append-only."""

    __tablename__ = "attachment_contents"

    attachment_id: str = Field(primary_key=True, foreign_key="attachments.id")
    content: bytes = Field(sa_type=LargeBinary)


class CannedReplyRow(SupportTable, table=True):
    """Words that the desk writes often."""

    __tablename__ = "canned_replies"

    id: str = Field(primary_key=True)
    title: str
    text: str
    updated_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(sa_type=BigInteger)


class ViewingRow(SupportTable, table=True):
    """Who of the desk had a ticket open when."""

    __tablename__ = "viewings"

    ticket_id: str = Field(primary_key=True, foreign_key="tickets.id")
    user_id: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class MessageRow(SupportTable, table=True):
    """One message of a ticket's thread; an internal one is for staff only. Append-only."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_ticket_id_id", "ticket_id", "id"),)

    id: str = Field(primary_key=True)
    ticket_id: str = Field(foreign_key="tickets.id")
    author: AuthorKind = Field(sa_type=Text)
    author_user_id: str
    text: str
    internal: bool
    created_at: datetime = Field(sa_type=UtcDateTime)


METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)
