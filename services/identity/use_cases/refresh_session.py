"""Go on with a session: give a refresh token, get the next one and a new access token.

Who: whoever holds the token. Rule: `domain/session.py`. Says: `SessionsEnded` when a token was used twice.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from services.identity.domain.session import (
    Device,
    InvalidRefreshToken,
    PresentedToken,
    RefreshStep,
    decide_refresh,
    token_hash,
)
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys
from services.identity.store.sessions_queries import is_over, refresh_token_row, session_row
from services.identity.store.sessions_store import add_refresh_token, end_sessions, log_event
from services.identity.store.tables import RefreshTokenRow, SessionRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.sign_in import IssuedTokens, access_token_of
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def refresh_session(
    store: Store, *, keys: SigningKeys, settings: IdentitySettings, refresh_token: str, device: Device, now: datetime
) -> IssuedTokens:
    """Give the successor of a refresh token; the same one again for two tabs that ask at once.

    :raises InvalidRefreshToken: if the token is unknown, expired, of a session that is over, or was used before;
        in the last case the whole family has ended, for one of the two who had it is a thief
    """
    hashed = token_hash(refresh_token)
    with store.read() as session:
        if refresh_token_row(session, hashed) is None:  # guesses never take the write lock
            raise InvalidRefreshToken
    with store.write() as session:
        row = refresh_token_row(session, hashed)
        family = session_row(session, row.session_id) if row else None
        if row is None or family is None:
            raise InvalidRefreshToken
        user = user_row(session, family.user_id)
        successor = keys.successor(refresh_token, session_id=family.id)
        next_row = refresh_token_row(session, token_hash(successor))
        step = decide_refresh(
            token=PresentedToken(
                expires_at=row.expires_at,
                used_at=row.used_at,
                successor_used_at=next_row.used_at if next_row else now,
                session_over=is_over(family, now) or user.status != "active",
                same_device=family.agent == device.agent,
            ),
            now=now,
            grace=timedelta(seconds=settings.refresh_grace_seconds),
        )
        if step is RefreshStep.ROTATE:
            _rotate(session, row=row, family=family, successor=successor, settings=settings, device=device, now=now)
        elif step is RefreshStep.END_FAMILY:
            _end_family(session, family=family, device=device, now=now)
        access_token = access_token_of(
            user, session_id=family.id, keys=keys, life_seconds=settings.access_token_seconds, now=now
        )
    # Only here: the end of the family must be committed, not rolled back by the refusal.
    if step in (RefreshStep.REFUSE, RefreshStep.END_FAMILY):
        raise InvalidRefreshToken
    return IssuedTokens(access_token, settings.access_token_seconds, successor)


def _rotate(
    session: Session,
    *,
    row: RefreshTokenRow,
    family: SessionRow,
    successor: str,
    settings: IdentitySettings,
    device: Device,
    now: datetime,
) -> None:
    row.used_at = now
    family.last_seen_at = now
    family.address, family.agent, family.device = device.address, device.agent, device.name
    session.add(row)
    session.add(family)
    add_refresh_token(
        session, of=family, refresh_token=successor, generation=row.generation + 1, settings=settings, now=now
    )


def _end_family(session: Session, *, family: SessionRow, device: Device, now: datetime) -> None:
    end_sessions(session, rows=[family], reason="refresh-token-reused", now=now)
    log_event(
        session,
        kind="failure",
        device=device,
        now=now,
        user_id=family.user_id,
        session_id=family.id,
        reason="refresh-token-reused",
    )
    record_audit(
        session,
        caller=Caller(user_id=family.user_id, session_id=family.id),
        command="end-reused-session",
        subject_type="session",
        subject_id=family.id,
        reason="a refresh token was used twice",
    )
