"""Send a code with which a forgotten password is replaced.

Who: anyone who names the address; an officer for somebody, with a reason, and sees neither password nor code.
Rule: `domain/one_time_code.py`. Says: nothing. Whether the address is known is told to nobody but its mailbox.
"""

from datetime import datetime

from sqlmodel import Session

from services.identity.domain.email import email_as_typed
from services.identity.domain.one_time_code import CODE_LIFE, CodeSentAlready
from services.identity.store.code_store import make_code
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row, user_row_by_email
from services.identity.use_cases.sign_in import SignInDesk
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def forget_password(desk: SignInDesk, *, email: str, now: datetime) -> None:
    """Send a code if the address is a login's, and none was sent a moment ago; nobody is told which it was."""
    with desk.store.write() as session:
        row = user_row_by_email(session, email_as_typed(email))
        code = None
        if row is not None and row.status == "active":
            try:
                code = _make(session, desk, row=row, caller=Caller.anonymous(), reason="forgotten", now=now)
            except CodeSentAlready:
                code = None
        address = row.email if row else ""
    if code is not None:
        desk.mailer.send_soon(email=address, mail="reset-password", code=code, valid_until=now + CODE_LIFE)


def trigger_reset(desk: SignInDesk, *, caller: Caller, user_id: str, reason: str, now: datetime) -> None:
    """Send somebody a code to reset their password.

    :raises UserNotFound: if there is no such user
    :raises CodeSentAlready: if one was sent a moment ago
    """
    with desk.store.write() as session:
        row = user_row(session, user_id)
        code = _make(session, desk, row=row, caller=caller, reason=reason, now=now)
        address = row.email
    desk.mailer.send_soon(email=address, mail="reset-password", code=code, valid_until=now + CODE_LIFE)


def _make(session: Session, desk: SignInDesk, *, row: UserRow, caller: Caller, reason: str, now: datetime) -> str:
    code = make_code(session, keys=desk.keys, user_id=row.id, purpose="reset-password", now=now)
    command = "forget-password" if caller.user_id is None else "trigger-password-reset"
    record_audit(session, caller=caller, command=command, subject_type="user", subject_id=row.id, reason=reason)
    return code
