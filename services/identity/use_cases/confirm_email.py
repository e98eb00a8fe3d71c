"""Confirm that an e-mail address is one's own: that of a new login, or the one that it shall have from now on.

Who: whoever reads the code in the mailbox. Rule: `domain/one_time_code.py`, `domain/email.py`. Says: `EmailChanged`,
which carries no address: `accounts` asks for it.
"""

from datetime import datetime

from sqlmodel import Session

from services.identity.domain.email import email_as_typed, normalise_email
from services.identity.domain.one_time_code import CODE_LIFE, CodeSentAlready, InvalidCode
from services.identity.store.code_store import make_code, use_code
from services.identity.store.notice_store import Notice, tell_later
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row, user_row_by_email
from services.identity.store.users_store import set_email
from services.identity.use_cases.sign_in import SignInDesk
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import EmailChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def send_confirmation(desk: SignInDesk, *, email: str, now: datetime) -> None:
    """Send the code again to an address that waits to be confirmed; to any other address nothing, which nobody sees."""
    code = None
    with desk.store.write() as session:
        row = user_row_by_email(session, email_as_typed(email))
        if row is not None and row.email_unconfirmed:
            try:
                code = make_code(session, keys=desk.keys, user_id=row.id, purpose="confirm-email", now=now)
            except CodeSentAlready:
                code = None
        address = row.email if row else ""
    if code is not None:
        desk.mailer.send_soon(email=address, mail="confirm-email", code=code, valid_until=now + CODE_LIFE)


def confirm_email(desk: SignInDesk, *, email: str, code: str, now: datetime) -> None:
    """Take the code of a new login.

    :raises InvalidCode: if it is another one, or nobody waits for one
    """
    with desk.store.write() as session:
        row = user_row_by_email(session, email_as_typed(email))
        user_id = row.id if row else "nobody"
        used = use_code(session, keys=desk.keys, user_id=user_id, purpose="confirm-email", code=code, now=now)
        if used is not None and row is not None:
            row.email_unconfirmed = False
            session.add(row)
            _audit(session, row, Caller(user_id=row.id), "confirm-email")
    if used is None:
        raise InvalidCode


def begin_email_change(desk: SignInDesk, *, caller: Caller, user_id: str, new_email: str, now: datetime) -> None:
    """Send a code to the address that a login shall have. If it is taken its owner is told, and nobody else.

    :raises InvalidEmail: if it cannot be an address
    :raises CodeSentAlready: if one was sent a moment ago
    """
    address = normalise_email(email=new_email, allow_test_domains=desk.settings.is_sandbox)
    with desk.store.write() as session:
        row = user_row(session, user_id)
        taken = user_row_by_email(session, address) is not None
        code = make_code(session, keys=desk.keys, user_id=user_id, purpose="change-email", now=now, context=address)
        _audit(session, row, caller, "begin-email-change")
    until = now + CODE_LIFE
    if taken:
        desk.mailer.send_soon(email=address, mail="already-registered", code=None, valid_until=until)
    else:
        desk.mailer.send_soon(email=address, mail="change-email", code=code, valid_until=until)


def finish_email_change(desk: SignInDesk, *, caller: Caller, user_id: str, code: str, now: datetime) -> UserRow:
    """Give a login the address that the code was sent to; the address before it is told so.

    :raises InvalidCode: if the code is another one
    :raises EmailTaken: if somebody else took the address meanwhile
    """
    with desk.store.write() as session:
        row = user_row(session, user_id)
        used = use_code(session, keys=desk.keys, user_id=user_id, purpose="change-email", code=code, now=now)
        if used is not None and used.context is not None:
            old = row.email
            set_email(session, row=row, email=used.context, now=now)
            fact = EmailChanged(user_id=row.id, customer_id=row.customer_id, at=format_time(now))
            append_facts(session, fact)
            tell_later(session, keys=desk.keys, notice=Notice("email-changed", row.id, old), now=now)
            _audit(session, row, caller, "change-email")
    if used is None:
        raise InvalidCode
    return row


def _audit(session: Session, row: UserRow, caller: Caller, command: str) -> None:
    record_audit(session, caller=caller, command=command, subject_type="user", subject_id=row.id)
