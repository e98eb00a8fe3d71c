"""Sign in with an e-mail address and a password.

Who: anyone. Rule: `domain/session.py`. Says: nothing; the sign-in log gets a login or a failure.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from services.identity.domain.claims import user_claims
from services.identity.domain.email import email_as_typed
from services.identity.domain.password import normalise_password
from services.identity.domain.session import Device, InvalidCredentials
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys, new_refresh_token
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.sessions_store import begin_session, log_event
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row_by_email
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """What a sign-in or a refresh gives. `expires_in` is the access token's life in seconds."""

    access_token: str = field(repr=False)
    expires_in: int
    refresh_token: str = field(repr=False)


def sign_in(
    store: Store,
    *,
    hashes: PasswordHashes,
    keys: SigningKeys,
    settings: IdentitySettings,
    email: str,
    password: str,
    device: Device,
    now: datetime,
) -> IssuedTokens:
    """Begin a session. Unknown address, wrong password and suspended answer alike, in about the same time.

    :raises InvalidCredentials: if one of the three is so
    :raises Unavailable: if too many sign in at once
    """
    address = email_as_typed(email)
    with store.read() as session:
        known = user_row_by_email(session, address)
    # Outside every transaction: a hash takes longer than a hundred transactions, and writers would wait for it.
    fits, renewed = hashes.verify(normalise_password(password), known.password_hash if known else None)
    tokens: IssuedTokens | None = None
    with store.write() as session:
        row = user_row_by_email(session, address)
        # Read again: the password or the status may have changed while the hash was computed.
        if fits and row and known and row.password_hash == known.password_hash and row.status == "active":
            if renewed is not None:
                row.password_hash = renewed
            tokens = _begin(session, row=row, keys=keys, settings=settings, device=device, now=now)
        else:
            log_event(
                session,
                kind="failure",
                device=device,
                now=now,
                user_id=row.id if row else None,
                email_hash=None if row else keys.email_hash(address),
                reason="suspended" if row and fits else "wrong-password" if row else "unknown-user",
            )
    if tokens is None:
        raise InvalidCredentials
    return tokens


def _begin(
    session: Session,
    *,
    row: UserRow,
    keys: SigningKeys,
    settings: IdentitySettings,
    device: Device,
    now: datetime,
) -> IssuedTokens:
    refresh_token = new_refresh_token()
    if row.first_signed_in_at is None:
        row.first_signed_in_at = now
    session.add(row)
    begun = begin_session(
        session, user_id=row.id, device=device, refresh_token=refresh_token, settings=settings, now=now
    )
    log_event(session, kind="login", device=device, now=now, user_id=row.id, session_id=begun.id)
    caller = Caller(user_id=row.id, roles=frozenset(row.roles), session_id=begun.id)
    record_audit(session, caller=caller, command="sign-in", subject_type="session", subject_id=begun.id)
    access_token = access_token_of(
        row, session_id=begun.id, keys=keys, life_seconds=settings.access_token_seconds, now=now
    )
    return IssuedTokens(access_token, settings.access_token_seconds, refresh_token)


def access_token_of(row: UserRow, *, session_id: str, keys: SigningKeys, life_seconds: int, now: datetime) -> str:
    """Give an access token with the roles that the user has now."""
    claims = user_claims(
        user_id=row.id,
        customer_id=row.customer_id,
        roles=tuple(row.roles),
        branch_id=row.branch_id,
        session_id=session_id,
        issued_at=now,
        life_seconds=life_seconds,
    )
    return keys.sign(claims, typ="at+jwt")
