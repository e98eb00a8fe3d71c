"""Give a new customer a login; `accounts` asks for it and may ask again.

Who: a service. Rule: one login per customer, one customer per address. Says: `UserCreated`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.identity.domain.email import normalise_email
from services.identity.domain.password import check_new_password, is_short
from services.identity.domain.user import LAPSED, CustomerHasLogin, EmailTaken, User
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row_by_email, user_row_of_customer
from services.identity.store.users_store import add_user, set_email, set_password
from shared.contracts.caller import Caller
from shared.contracts.identity import UserChanged
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class RegisteredLogin:
    """The customer's login, and whether this call made it."""

    row: UserRow
    created: bool


def register_customer_login(
    store: Store,
    *,
    hashes: PasswordHashes,
    caller: Caller,
    customer_id: str,
    email: str,
    password: str,
    branch_id: str | None,
    allow_test_domains: bool,
    names: Collection[str] = (),
    asks_email_code: bool = False,
    unconfirmed: bool = False,
    now: datetime,
) -> RegisteredLogin:
    """Make the login, or give the one that an earlier call made.

    Until the customer has signed in once, a repeated call may bring another password: a registration that was cut
    short is filled in anew. Afterwards the password is the customer's own and stays.

    :raises EmailTaken: if somebody else's login has the address
    :raises CustomerHasLogin: if the customer's login has another address
    :raises InvalidEmail: or PasswordTooShort, PasswordTooLong, PasswordTooCommon
    """
    address = normalise_email(email=email, allow_test_domains=allow_test_domains)
    plain = check_new_password(password=password, email=address, names=names, with_factor=asks_email_code)
    with store.read() as session:
        known = user_row_of_customer(session, customer_id)
        if known is None and user_row_by_email(session, address) is not None:
            raise EmailTaken("Another login has this e-mail address.")
    new_hash, short = "", is_short(plain)
    if known is None or (known.first_signed_in_at is None and not hashes.verify(plain, known.password_hash)[0]):
        new_hash = hashes.make(plain)
    with store.write() as session:
        row = user_row_of_customer(session, customer_id)
        if row is not None:
            if row.email.endswith(LAPSED):
                _revive(session, row=row, email=address, unconfirmed=unconfirmed, now=now)
            return _repeat(session, row=row, caller=caller, email=address, password_hash=new_hash, short=short, now=now)
        user = User(new_id(), address, ("customer",), branch_id, customer_id, status="active", version=1)
        # Hashed above: no login is ever deleted.
        row = add_user(session, user=user, password_hash=new_hash, short=short, unconfirmed=unconfirmed, now=now)
        record_audit(session, caller=caller, command="register-customer-login", subject_type="user", subject_id=row.id)
    return RegisteredLogin(row, created=True)


def _repeat(
    session: Session, *, row: UserRow, caller: Caller, email: str, password_hash: str, short: bool, now: datetime
) -> RegisteredLogin:
    if row.email != email:
        raise CustomerHasLogin("This customer has a login with another e-mail address.")
    if password_hash and row.first_signed_in_at is None:
        set_password(session, row=row, password_hash=password_hash, short=short, now=now)
        record_audit(session, caller=caller, command="set-first-password", subject_type="user", subject_id=row.id)
    return RegisteredLogin(row, created=False)


def _revive(session: Session, *, row: UserRow, email: str, unconfirmed: bool, now: datetime) -> None:
    """Let a login that was never confirmed in time begin anew: its customer registers again."""
    set_email(session, row=row, email=email, now=now)
    row.status, row.email_unconfirmed = "active", unconfirmed
    append_facts(session, UserChanged(user_id=row.id, roles=list(row.roles), status=row.status))
