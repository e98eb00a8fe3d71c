"""The tables of notifications: announcements, inbox items, deliveries, and what people chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from services.notifications.domain.announcement import Audience
from services.notifications.domain.delivery import State
from services.notifications.domain.notice import Kind, RecipientKind
from services.notifications.domain.preference import Language
from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.store.types import JsonText, UtcDateTime

REGISTRY = service_registry("notifications")


class NotificationsTable(SQLModel, registry=REGISTRY):
    """Base of the tables of notifications."""


class AnnouncementRow(NotificationsTable, table=True):
    """Something the bank tells many; shown from `starts_at` until before `ends_at` while active."""

    __tablename__ = "announcements"
    __table_args__ = (
        Index("ix_announcements_pinned_id", "pinned", "id"),
        Index("ix_announcements_feed_sequence", "feed_sequence", unique=True),
    )

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
    branch_id: str | None = None
    product: str | None = None
    feed_sequence: int | None = Field(default=None, sa_type=BigInteger)
    """Its place in the live feed, which it shares with inbox items: a new one with each change."""
    fed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it got that place: once more at its start and at its end, when it appears and goes."""


class AnnouncementEditRow(NotificationsTable, table=True):
    """One change of an announcement, as it was and as it became. Append-only."""

    __tablename__ = "announcement_edits"

    announcement_id: str = Field(primary_key=True, foreign_key="announcements.id")
    version: int = Field(primary_key=True, sa_type=BigInteger)
    edited_by: str
    edited_at: datetime = Field(sa_type=UtcDateTime)
    before: dict[str, Any] = Field(sa_type=JsonText)
    after: dict[str, Any] = Field(sa_type=JsonText)


class AcknowledgementRow(NotificationsTable, table=True):
    """A person said that they read an announcement."""

    __tablename__ = "acknowledgements"

    announcement_id: str = Field(primary_key=True, foreign_key="announcements.id")
    user_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


class MembershipRow(NotificationsTable, table=True):
    """A customer is of a branch or has a product: whom an announcement is for. From the facts of accounts."""

    __tablename__ = "memberships"
    __table_args__ = (CheckConstraint("kind IN ('branch','product')", name="kind"),)

    customer_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)


class PreferencesRow(NotificationsTable, table=True):
    """What a person wants to be told and how; without a row everything is on."""

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("recipient_kind IN ('customer','user')", name="recipient_kind"),
        CheckConstraint("(large_minor IS NULL) = (large_currency IS NULL)", name="large_has_currency"),
    )

    recipient_kind: RecipientKind = Field(sa_type=Text, primary_key=True)
    recipient_id: str = Field(primary_key=True)
    events: dict[str, Any] = Field(sa_type=JsonText)
    quiet: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    language: Language = Field(sa_type=Text)
    large_minor: int | None = Field(default=None, sa_type=BigInteger)
    large_currency: str | None = None
    updated_at: datetime = Field(sa_type=UtcDateTime)


class BalanceLineRow(NotificationsTable, table=True):
    """A line under an account's balance, and whether the balance is known to be below it."""

    __tablename__ = "balance_lines"

    customer_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    currency: str
    below_minor: int = Field(sa_type=BigInteger)
    is_below: bool


class StaffLoginRow(NotificationsTable, table=True):
    """A login of somebody who works for the bank and the roles it has now. From the facts of identity; no address."""

    __tablename__ = "staff_logins"

    user_id: str = Field(primary_key=True)
    roles: list[str] = Field(sa_type=JsonText)
    active: bool


class InboxItemRow(NotificationsTable, table=True):
    """One thing one person was told; `source` is the position of the fact, so the same fact makes one item."""

    __tablename__ = "inbox_items"
    __table_args__ = (
        UniqueConstraint("recipient_kind", "recipient_id", "source", "kind"),
        CheckConstraint("recipient_kind IN ('customer','user')", name="recipient_kind"),
        CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_has_currency"),
        Index("ix_inbox_items_recipient_id_id", "recipient_id", "id"),
        Index("ix_inbox_items_recipient_id_read_at", "recipient_id", "read_at"),
        Index("ix_inbox_items_feed_sequence", "feed_sequence", unique=True),
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
    feed_sequence: int | None = Field(default=None, sa_type=BigInteger)
    """Its place in the live feed, in the order of commits: what a stream resumes after."""
    pushed: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Whether open screens show it at once; in quiet hours, or if the person wants so, it only waits in the inbox."""


class DeliveryRow(NotificationsTable, table=True):
    """One message over one channel to one person: at most once per event. Holds no address: it is asked for."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event", "recipient_id", "channel"),
        CheckConstraint("state IN ('queued','sending','sent','failed','maybe-sent')", name="state"),
        Index("ix_deliveries_state", "state"),
    )

    id: str = Field(primary_key=True)
    event: str
    recipient_kind: RecipientKind = Field(
        default="customer", sa_type=Text, sa_column_kwargs={"server_default": "customer"}
    )
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
    language: Language = Field(default="en", sa_type=Text, sa_column_kwargs={"server_default": "en"})


METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)
