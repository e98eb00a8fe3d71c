"""The tables of the support desk: tickets and the messages of their threads."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

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
