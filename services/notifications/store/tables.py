"""The tables of notifications: announcements, inbox items and deliveries."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.notifications.domain.announcement import Audience
from services.notifications.domain.delivery import State
from services.notifications.domain.notice import Kind, RecipientKind
from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.store.types import JsonText, UtcDateTime

REGISTRY = service_registry("notifications")


class NotificationsTable(SQLModel, registry=REGISTRY):
    """Base of the tables of notifications."""


class AnnouncementRow(NotificationsTable, table=True):
    """Something the bank tells many; shown from `starts_at` until before `ends_at` while active."""

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_pinned_id", "pinned", "id"),)

    id: str = Field(primary_key=True)
    title: str
    message: str
    audience: Audience = Field(sa_type=Text)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pinned: bool
    active: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str
    version: int = Field(sa_type=BigInteger)


class InboxItemRow(NotificationsTable, table=True):
    """One thing one person was told; `source` is the position of the fact, so the same fact makes one item."""

    __tablename__ = "inbox_items"
    __table_args__ = (
        UniqueConstraint("recipient_kind", "recipient_id", "source", "kind"),
        CheckConstraint("recipient_kind IN ('customer','user')", name="recipient_kind"),
        CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_has_currency"),
        Index("ix_inbox_items_recipient_id_id", "recipient_id", "id"),
        Index("ix_inbox_items_recipient_id_read_at", "recipient_id", "read_at"),
    )

    id: str = Field(primary_key=True)
    recipient_kind: RecipientKind = Field(sa_type=Text)
    recipient_id: str
    source: str
    kind: Kind = Field(sa_type=Text)
    title: str
    params: dict[str, Any] = Field(sa_type=JsonText)
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    entry_id: str | None = None
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class DeliveryRow(NotificationsTable, table=True):
    """One message over one channel to one customer: at most once per event. Holds no address: it is asked for."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event", "recipient_id", "channel"),
        CheckConstraint("state IN ('queued','sending','sent','failed','maybe-sent')", name="state"),
        Index("ix_deliveries_state", "state"),
    )

    id: str = Field(primary_key=True)
    event: str
    recipient_id: str
    channel: str
    template: Kind = Field(sa_type=Text)
    params: dict[str, Any] = Field(sa_type=JsonText)
    state: State = Field(sa_type=Text)
    attempts: int = Field(sa_type=BigInteger)
    last_error: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)
