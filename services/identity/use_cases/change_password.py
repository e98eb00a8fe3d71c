"""Change one's own password.

Who: a user who knows the present one. Rule: `domain/password.py`. Says: `PasswordChanged`, and
`SessionsEnded` for the other sessions.
"""

from datetime import datetime

from services.identity.domain.password import (
    PasswordUnchanged,
    WrongPassword,
    check_new_password,
    is_short,
    normalise_password,
)
from services.identity.domain.session import Device
from services.identity.store.factor_store import factors_of
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions, log_event
from services.identity.store.users_queries import user_row
from services.identity.store.users_store import set_password
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import PasswordChanged
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


def change_password(
    store: Store,
    *,
    hashes: PasswordHashes,
    caller: Caller,
    user_id: str,
    current_password: str,
    new_password: str,
    device: Device,
    asks_email_code: bool,
    now: datetime,
) -> None:
    """Set a new password and end the user's other sessions; this one goes on.

    :raises WrongPassword: if the present password is another; the try is logged
    :raises PasswordUnchanged: if the new one is the present one
    :raises PasswordTooShort: or PasswordTooLong, PasswordTooCommon: if the new one may not be had
    """
    with store.read() as session:
        known = user_row(session, user_id)
        has_factor = bool(factors_of(session, user_id=user_id, asks_email_code=asks_email_code))
    plain = check_new_password(password=new_password, email=known.email, with_factor=has_factor)
    fits, _ = hashes.verify(normalise_password(current_password), known.password_hash)
    if fits and plain == normalise_password(current_password):
        raise PasswordUnchanged("The new password is the old one.")
    new_hash = hashes.make(plain) if fits else ""
    with store.write() as session:
        row = user_row(session, user_id)
        fits = fits and row.password_hash == known.password_hash  # not changed while the hashes were computed
        if fits:
            set_password(session, row=row, password_hash=new_hash, short=is_short(plain), now=now)
            append_facts(session, PasswordChanged(user_id=user_id, customer_id=row.customer_id, at=format_time(now)))
            others = [one for one in open_sessions(session, user_id=user_id, now=now) if one.id != caller.session_id]
            end_sessions(session, rows=others, reason="password-changed", now=now)
            record_audit(session, caller=caller, command="change-password", subject_type="user", subject_id=user_id)
        else:
            log_event(
                session,
                kind="failure",
                device=device,
                now=now,
                user_id=user_id,
                session_id=caller.session_id,
                reason="wrong-password",
            )
    if not fits:
        raise WrongPassword("The current password is not this one.")
