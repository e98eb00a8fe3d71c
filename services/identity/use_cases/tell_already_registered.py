"""Tell the owner of an address that somebody registered with what is known already; nobody else learns of it.

Who: `accounts`, for a registration that it answers like any other. Rule: `domain/password.py`. Says: a mail.
"""

from collections.abc import Collection
from datetime import datetime

from services.identity.domain.email import normalise_email
from services.identity.domain.one_time_code import CODE_LIFE
from services.identity.domain.password import check_new_password
from services.identity.store.users_queries import user_row_by_email
from services.identity.use_cases.confirm_email import send_confirmation
from services.identity.use_cases.sign_in import SignInDesk
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def tell_already_registered(
    desk: SignInDesk, *, caller: Caller, email: str, password: str, names: Collection[str], now: datetime
) -> None:
    """Send the mail; to somebody who never confirmed the address the code for that, again.

    :raises InvalidEmail: or PasswordTooShort, PasswordTooLong, PasswordTooCommon: as for a new login
    """
    address = normalise_email(email=email, allow_test_domains=desk.settings.is_sandbox)
    check_new_password(password=password, email=address, names=names, with_factor=desk.settings.asks_email_code)
    with desk.store.write() as session:
        row = user_row_by_email(session, address)
        waits = row is not None and row.email_unconfirmed
        subject_id = row.id if row is not None else "nobody"
        record_audit(session, caller=caller, command="register-again", subject_type="user", subject_id=subject_id)
    if waits:
        send_confirmation(desk, email=address, now=now)
    else:
        desk.mailer.send_soon(email=address, mail="already-registered", code=None, valid_until=now + CODE_LIFE)
