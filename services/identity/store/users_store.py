"""Writes of logins; each stands in its use case's transaction."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from services.identity.domain.user import EmailTaken, User
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row_by_email
from shared.contracts.identity import UserCreated
from shared.store.outbox import append_facts


def add_user(
    session: Session,
    *,
    user: User,
    password_hash: str,
    now: datetime,
    short: bool = False,
    unconfirmed: bool = False,
) -> UserRow:
    """Keep a new login and tell the others.

    :raises EmailTaken: if another login has the address
    """
    if user_row_by_email(session, user.email) is not None:
        raise EmailTaken("Another login has this e-mail address.")
    row = UserRow(
        id=user.id,
        email=user.email,
        password_hash=password_hash,
        short_password=short,
        email_unconfirmed=unconfirmed,
        roles=list(user.roles),
        branch_id=user.branch_id,
        customer_id=user.customer_id,
        status=user.status,
        created_at=now,
        updated_at=now,
        version=user.version,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as taken:  # on PostgreSQL two writers may both have seen nobody
        raise EmailTaken("Another login has this e-mail address.") from taken
    append_facts(session, UserCreated(user_id=user.id, customer_id=user.customer_id, roles=list(user.roles)))
    return row


def set_password(session: Session, *, row: UserRow, password_hash: str, short: bool, now: datetime) -> None:
    """Keep a new password; a `short` one holds only together with a second factor."""
    row.password_hash = password_hash
    row.short_password = short
    row.updated_at = now
    row.version += 1
    session.add(row)
    session.flush()


def keep_change(session: Session, *, row: UserRow, user: User, now: datetime) -> None:
    """Keep what an admin changed."""
    row.roles = list(user.roles)
    row.status = user.status
    row.version = user.version
    row.updated_at = now
    session.add(row)
    session.flush()


def set_email(session: Session, *, row: UserRow, email: str, now: datetime) -> None:
    """Keep a new address, in its one spelling, that was confirmed.

    :raises EmailTaken: if another login has it
    """
    other = user_row_by_email(session, email)
    if other is not None and other.id != row.id:
        raise EmailTaken("Another login has this e-mail address.")
    row.email, row.email_unconfirmed, row.updated_at = email, False, now
    row.version += 1
    session.add(row)
    try:
        session.flush()
    except IntegrityError as taken:
        raise EmailTaken("Another login has this e-mail address.") from taken
