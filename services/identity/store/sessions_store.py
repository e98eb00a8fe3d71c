"""Writes of sessions, refresh tokens, revocations and the sign-in log; each stands in its use case's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from services.identity.domain.session import Device, refresh_expiry, token_hash
from services.identity.settings import IdentitySettings
from services.identity.store.tables import RefreshTokenRow, RevocationRow, SessionRow, SignInEventRow
from shared.contracts.identity import SessionsEnded
from shared.ids import new_id
from shared.store.outbox import append_facts


def begin_session(
    session: Session, *, user_id: str, device: Device, refresh_token: str, settings: IdentitySettings, now: datetime
) -> SessionRow:
    """Keep a new session with its first refresh token."""
    row = SessionRow(
        id=new_id(),
        user_id=user_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(seconds=settings.session_seconds),
        address=device.address,
        agent=device.agent,
        device=device.name,
    )
    session.add(row)
    session.flush()
    add_refresh_token(session, of=row, refresh_token=refresh_token, generation=1, settings=settings, now=now)
    return row


def add_refresh_token(
    session: Session,
    *,
    of: SessionRow,
    refresh_token: str,
    generation: int,
    settings: IdentitySettings,
    now: datetime,
) -> None:
    """Keep the hash of a session's next refresh token."""
    expires_at = refresh_expiry(
        issued_at=now,
        session_began=of.created_at,
        idle=timedelta(seconds=settings.refresh_idle_seconds),
        lifetime=timedelta(seconds=settings.session_seconds),
    )
    row = RefreshTokenRow(
        token_hash=token_hash(refresh_token),
        session_id=of.id,
        generation=generation,
        issued_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()


def end_sessions(session: Session, *, rows: Sequence[SessionRow], reason: str, now: datetime) -> None:
    """End sessions of one user: their refresh tokens and access tokens are void, and the others are told."""
    if not rows:
        return
    # First the facts: on PostgreSQL they lock the stream's head, so that revocations are numbered as they commit and
    # nobody who polls by number steps over one.
    append_facts(session, SessionsEnded(user_id=rows[0].user_id, session_ids=[row.id for row in rows]))
    for row in rows:
        row.ended_at = now
        row.end_reason = reason
        session.add(row)
        session.add(RevocationRow(session_id=row.id, user_id=row.user_id, revoked_at=now))
        session.flush()  # one by one, so that revocations are numbered in this order


def log_event(
    session: Session,
    *,
    kind: Literal["login", "logout", "failure"],
    device: Device,
    now: datetime,
    user_id: str | None = None,
    session_id: str | None = None,
    email_hash: str | None = None,
    reason: str | None = None,
) -> None:
    """Leave a line in the sign-in log; it is never changed."""
    row = SignInEventRow(
        id=new_id(),
        kind=kind,
        user_id=user_id,
        session_id=session_id,
        email_hash=email_hash,
        reason=reason,
        address=device.address,
        agent=device.agent,
        at=now,
    )
    session.add(row)
    session.flush()
