"""Tables of identity. E-mail addresses and hashes live here and nowhere else in the bank."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Boolean, Table, false
from sqlmodel import CheckConstraint, Field, Index, SQLModel

from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.store.types import JsonText, UtcDateTime

REGISTRY = service_registry("identity")


class IdentityTable(SQLModel, registry=REGISTRY):
    """What every table of identity stands on."""


class UserRow(IdentityTable, table=True):
    """A login. `email` is kept in its one spelling, so that unique means one person."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'suspended')", name="status"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: str = Field(primary_key=True)
    email: str = Field(unique=True)
    password_hash: str
    roles: Any = Field(sa_type=JsonText, nullable=False)
    branch_id: str | None = None
    customer_id: str | None = Field(default=None, unique=True)
    status: str
    first_signed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    email_unconfirmed: bool = Field(default=False, sa_column_kwargs={"server_default": false()}, sa_type=Boolean)
    short_password: bool = Field(default=False, sa_column_kwargs={"server_default": false()}, sa_type=Boolean)
    """The password is one that holds only together with a second factor."""
    hides_balance: bool = Field(default=False, sa_column_kwargs={"server_default": false()}, sa_type=Boolean)
    """The person wants to say who they are once more before a screen shows what they have."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    version: int


class SessionRow(IdentityTable, table=True):
    """A sign-in that lasts until it ends; also the family of its refresh tokens."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "user_id", "ended_at"),)

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    address: str
    agent: str
    device: str
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_reason: str | None = None


class RefreshTokenRow(IdentityTable, table=True):
    """A refresh token by its hash; the token itself is never kept. `generation` counts from 1 within its session."""

    __tablename__ = "refresh_tokens"

    token_hash: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="sessions.id", index=True)
    generation: int
    issued_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInEventRow(IdentityTable, table=True):
    """A login, a logout or a failed try; append-only. Of an unknown address only a keyed hash is kept."""

    __tablename__ = "sign_in_events"
    __table_args__ = (
        CheckConstraint("kind IN ('login', 'logout', 'failure')", name="kind"),
        Index(None, "user_id", "id"),
    )

    id: str = Field(primary_key=True)
    kind: str
    user_id: str | None = Field(default=None, foreign_key="users.id")
    session_id: str | None = None
    email_hash: str | None = None
    reason: str | None = None
    address: str
    agent: str
    at: datetime = Field(sa_type=UtcDateTime)


class RevocationRow(IdentityTable, table=True):
    """A session whose access tokens are void from now on; services poll by `sequence`."""

    __tablename__ = "revocations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    sequence: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(unique=True)
    user_id: str = Field(foreign_key="users.id")
    revoked_at: datetime = Field(sa_type=UtcDateTime)


class OneTimeCodeRow(IdentityTable, table=True):
    """A code that was sent by mail, by its keyed hash; bound to a person and a purpose, good for one use.

    `context` is what it is about beyond that (the new address of a change), so that it proves nothing else.
    """

    __tablename__ = "one_time_codes"
    __table_args__ = (Index(None, "user_id", "purpose", "created_at"), Index(None, "expires_at"))

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id")
    purpose: str
    code_hash: str
    context: str | None = None
    tries: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TotpRow(IdentityTable, table=True):
    """An authenticator app of a person. The secret is sealed; `last_step` is the newest 30 s step that was used."""

    __tablename__ = "totp_factors"

    user_id: str = Field(primary_key=True, foreign_key="users.id")
    sealed_secret: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_step: int = 0


class RecoveryCodeRow(IdentityTable, table=True):
    """A code for the day the authenticator is lost, by its keyed hash; it works once."""

    __tablename__ = "recovery_codes"

    code_hash: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeviceRow(IdentityTable, table=True):
    """A device that a person signed in from, known by a token that only it has."""

    __tablename__ = "devices"

    token_hash: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    name: str
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)


class FailedTriesRow(IdentityTable, table=True):
    """How often signing in failed in a row, for an account at a known device, at all unknown ones, or an address.

    The subject is a keyed hash: it says neither which account nor which address.
    """

    __tablename__ = "failed_tries"

    subject: str = Field(primary_key=True)
    failures: int
    last_failed_at: datetime = Field(sa_type=UtcDateTime, index=True)


class UsedStepUpRow(IdentityTable, table=True):
    """A step-up token that approved something here; its number is kept with the effect, so it works once."""

    __tablename__ = "used_step_ups"

    token_id: str = Field(primary_key=True)
    used_at: datetime = Field(sa_type=UtcDateTime, index=True)


class PendingCommandRow(IdentityTable, table=True):
    """A command that waits for a second person, word for word; its id is the approval's, which is also its key.

    `frozen` may hold an address: it stays here, the request for approval says ids and roles.
    """

    __tablename__ = "pending_commands"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'rejected', 'expired', 'void', 'executed', 'failed')", name="status"),
        Index(None, "subject_id", "status"),
    )

    id: str = Field(primary_key=True)
    command: str
    subject_id: str
    made_by: str
    frozen: Any = Field(sa_type=JsonText, nullable=False)
    status: str = "pending"
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    """By the bank's clock."""
    decided_by: str | None = None
    outcome: Any = Field(default=None, sa_type=JsonText, nullable=True)


METADATA = REGISTRY.metadata
PLUMBING = add_plumbing(METADATA)


def table_of(row: type[IdentityTable]) -> Table:
    """Give the Core table of a row class, for statements that touch many rows."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]
