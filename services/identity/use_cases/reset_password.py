"""Replace a forgotten password with a code that was sent to the mailbox.

Who: whoever holds the code. Rule: `domain/one_time_code.py`, `domain/password.py`. Says:
`PasswordChanged`, and `SessionsEnded`: every session ends, for somebody else may have had the old
password. A second factor stays.
"""

from datetime import datetime, timedelta

from services.identity.domain.back_off import Patience, check_wait
from services.identity.domain.email import email_as_typed
from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.password import check_new_password, is_short
from services.identity.domain.session import Device
from services.identity.store.code_store import use_code
from services.identity.store.factor_store import factors_of
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions, log_event
from services.identity.store.tries_store import note_failure, wait_of
from services.identity.store.users_queries import user_row_by_email
from services.identity.store.users_store import set_password
from services.identity.use_cases.sign_in import SignInDesk
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import PasswordChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def reset_password(
    desk: SignInDesk, *, email: str, code: str, new_password: str, device: Device, now: datetime
) -> None:
    """Set a new password and end every session of the login. An unknown address answers like a wrong code.

    :raises InvalidCode: if the code is wrong, old, used or tried too often, or nobody has the address
    :raises PasswordTooShort: or PasswordTooLong, PasswordTooCommon: if the new one may not be had; the code stays good
    :raises TooManyTries: if so many failed that the next one has to wait
    """
    address = email_as_typed(email)
    subject = desk.keys.tries_subject("reset", address)
    patience = Patience(desk.settings.free_tries, timedelta(seconds=desk.settings.longest_wait_seconds))
    with desk.store.read() as session:
        known = user_row_by_email(session, address)
        asks = desk.settings.asks_email_code
        has_factor = asks or (known is not None and factors_of(session, user_id=known.id, asks_email_code=asks) != [])
        wait = wait_of(session, subjects=[(subject, patience)], now=now)
    check_wait(wait)
    # The rule that fits everybody comes first, so that a refused password does not tell who has a second factor.
    plain = check_new_password(password=new_password, email=address, with_factor=True)
    new_hash = desk.hashes.make(plain)
    short = is_short(plain)
    with desk.store.write() as session:
        row = user_row_by_email(session, address)
        user_id = row.id if row else "nobody"
        used = use_code(session, keys=desk.keys, user_id=user_id, purpose="reset-password", code=code, now=now)
        fits = used is not None and row is not None and row.status == "active"
        if fits and row is not None:
            check_new_password(password=new_password, email=address, with_factor=has_factor)  # rolls the use back
            set_password(session, row=row, password_hash=new_hash, short=short, now=now)
            row.email_unconfirmed = False  # who read the code has the mailbox
            append_facts(session, PasswordChanged(user_id=row.id, customer_id=row.customer_id, at=format_time(now)))
            ended = open_sessions(session, user_id=row.id, now=now)
            end_sessions(session, rows=ended, reason="password-reset", now=now)
            caller = Caller(user_id=row.id)
            record_audit(session, caller=caller, command="reset-password", subject_type="user", subject_id=row.id)
        else:
            note_failure(session, subjects=[subject], now=now)
            log_event(
                session,
                kind="failure",
                device=device,
                now=now,
                user_id=row.id if row else None,
                email_hash=None if row else desk.keys.email_hash(address),
                reason="wrong-reset-code",
            )
    if not fits:
        raise InvalidCode
