"""Delete what has had its time: codes, refresh tokens, sessions, revocations and failed tries.

Who: the worker, every few minutes. Rule: what is deleted could not be used any more, and has been kept a while for who
asks what happened. The sign-in log and the audit trail stay. Says: nothing.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, or_, select
from sqlmodel import Session, col

from services.identity.store.tables import (
    DeviceRow,
    FailedTriesRow,
    OneTimeCodeRow,
    RefreshTokenRow,
    RevocationRow,
    SessionRow,
    TotpRow,
    UsedStepUpRow,
    table_of,
)
from shared.store.engine import Store

CODES_KEPT = timedelta(hours=2)
SESSIONS_KEPT = timedelta(days=30)
TRIES_KEPT = timedelta(days=2)
DEVICES_KEPT = timedelta(days=400)
HALF_DONE_KEPT = timedelta(days=1)
AT_ONCE = 500
"""Rows of a kind in one transaction: others wait for it."""


def purge_expired(store: Store, *, now: datetime) -> int:
    """Delete a portion of each kind and give how many rows went; call it again while it gives any."""
    with store.write() as session:
        gone = _purge_sessions(session, before=now - SESSIONS_KEPT)
        for row, column, key, before in (
            (OneTimeCodeRow, "expires_at", "id", now - CODES_KEPT),
            (FailedTriesRow, "last_failed_at", "subject", now - TRIES_KEPT),
            (UsedStepUpRow, "used_at", "token_id", now - CODES_KEPT),
            (DeviceRow, "last_seen_at", "token_hash", now - DEVICES_KEPT),
        ):
            columns = table_of(row).c
            old = select(columns[key]).where(columns[column] < before).limit(AT_ONCE)
            gone += _count(session, delete(table_of(row)).where(columns[key].in_(old)))
        half_done = delete(TotpRow).where(
            col(TotpRow.confirmed_at).is_(None), col(TotpRow.created_at) < now - HALF_DONE_KEPT
        )
        return gone + _count(session, half_done)


def _purge_sessions(session: Session, *, before: datetime) -> int:
    over = or_(col(SessionRow.ended_at) < before, col(SessionRow.expires_at) < before)
    ids = list(session.execute(select(col(SessionRow.id)).where(over).limit(AT_ONCE)).scalars())
    if not ids:
        return 0
    gone = _count(session, delete(RefreshTokenRow).where(col(RefreshTokenRow.session_id).in_(ids)))
    gone += _count(session, delete(RevocationRow).where(col(RevocationRow.session_id).in_(ids)))
    return gone + _count(session, delete(SessionRow).where(col(SessionRow.id).in_(ids)))


def _count(session: Session, statement: Delete) -> int:
    result = cast(CursorResult[Any], session.execute(statement))
    return int(result.rowcount)
