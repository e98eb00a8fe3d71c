"""Reads of sessions, refresh tokens, revocations and the sign-in log."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from services.identity.store.tables import DeviceRow, RefreshTokenRow, RevocationRow, SessionRow, SignInEventRow
from shared.ids import derived_id


def refresh_token_row(session: Session, hashed: str) -> RefreshTokenRow | None:
    """Find a refresh token by its hash."""
    return session.get(RefreshTokenRow, hashed)


def session_row(session: Session, session_id: str) -> SessionRow | None:
    """Find a session, over or not."""
    return session.get(SessionRow, session_id)


def open_sessions(session: Session, *, user_id: str, now: datetime) -> list[SessionRow]:
    """List a user's sessions that are not over, the newest first."""
    query = (
        select(SessionRow)
        .where(SessionRow.user_id == user_id, col(SessionRow.ended_at).is_(None), col(SessionRow.expires_at) > now)
        .order_by(col(SessionRow.id).desc())
    )
    return list(session.exec(query))


def list_open_sessions(
    session: Session, *, user_id: str, now: datetime, limit: int, after: str | None
) -> list[SessionRow]:
    """List a part of a user's sessions that are not over, the newest first."""
    found = open_sessions(session, user_id=user_id, now=now)
    return [row for row in found if after is None or row.id < after][:limit]


def list_devices(session: Session, *, user_id: str, limit: int, after: str | None) -> list[DeviceRow]:
    """List a part of the devices that a user is known to sign in from, the last used first; `after` as `device_id`."""
    query = select(DeviceRow).where(DeviceRow.user_id == user_id)
    found = list(session.exec(query.order_by(col(DeviceRow.last_seen_at).desc(), col(DeviceRow.token_hash))))
    seen = [device_id(row) for row in found]
    begin = 0 if after is None else seen.index(after) + 1 if after in seen else len(seen)
    return found[begin : begin + limit]


def device_id(row: DeviceRow) -> str:
    """Give what a device may be called by outside: its key is a hash of what only the device has."""
    return derived_id("device", row.token_hash)


def list_events(session: Session, *, user_id: str, limit: int, after: str | None) -> list[SignInEventRow]:
    """List a user's logins, logouts and failures, the newest first."""
    query = select(SignInEventRow).where(SignInEventRow.user_id == user_id)
    if after is not None:
        query = query.where(col(SignInEventRow.id) < after)
    return list(session.exec(query.order_by(col(SignInEventRow.id).desc()).limit(limit)))


def revocations_after(session: Session, *, sequence: int, since: datetime, limit: int) -> list[RevocationRow]:
    """List revocations by number; those before `since` are left out, since no access token outlives them."""
    query = (
        select(RevocationRow)
        .where(col(RevocationRow.sequence) > sequence, col(RevocationRow.revoked_at) >= since)
        .order_by(col(RevocationRow.sequence))
        .limit(limit)
    )
    return list(session.exec(query))


def newest_revocation(session: Session) -> int:
    """Give the number of the newest revocation, 0 when there was none."""
    return session.exec(select(func.max(RevocationRow.sequence))).one() or 0


def is_over(row: SessionRow, now: datetime) -> bool:
    """Tell whether a session has ended or has lived its life."""
    return row.ended_at is not None or row.expires_at <= now
