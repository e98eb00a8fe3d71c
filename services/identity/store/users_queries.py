"""Reads of logins."""

from typing import Any, cast

from sqlalchemy import ColumnElement, Text, type_coerce
from sqlmodel import Session, col, func, select

from services.identity.domain.user import User, UserNotFound, UserStatus
from services.identity.store.tables import UserRow


def user_row_by_email(session: Session, email: str) -> UserRow | None:
    """Find the login with an address in its one spelling."""
    return session.exec(select(UserRow).where(UserRow.email == email)).first()


def user_row_of_customer(session: Session, customer_id: str) -> UserRow | None:
    """Find the login of a customer."""
    return session.exec(select(UserRow).where(UserRow.customer_id == customer_id)).first()


def user_row(session: Session, user_id: str) -> UserRow:
    """Find a login.

    :raises UserNotFound: if there is none
    """
    row = session.get(UserRow, user_id)
    if row is None:
        raise UserNotFound("There is no such user.")
    return row


def user_of(row: UserRow) -> User:
    """Give a login as the rules see it."""
    return User(
        id=row.id,
        email=row.email,
        roles=tuple(row.roles),
        branch_id=row.branch_id,
        customer_id=row.customer_id,
        status=cast(UserStatus, row.status),
        version=row.version,
    )


def list_users(
    session: Session, *, limit: int, after: str | None, role: str | None = None, status: str | None = None
) -> list[UserRow]:
    """List logins by id (the order they were made in), at most `limit`, behind `after`."""
    query = select(UserRow).order_by(col(UserRow.id)).limit(limit)
    if after is not None:
        query = query.where(col(UserRow.id) > after)
    if status is not None:
        query = query.where(UserRow.status == status)
    if role is not None:
        query = query.where(holds_role(role))
    return list(session.exec(query))


def count_other_active_admins(session: Session, user_id: str) -> int:
    """Count the active admins besides one user."""
    query = select(func.count()).where(col(UserRow.id) != user_id, UserRow.status == "active", holds_role("admin"))
    return session.exec(query).one()


def has_demo_logins(session: Session) -> bool:
    """Tell whether the store holds logins of the sandbox, whose passwords everybody knows."""
    query = select(UserRow.id).where(col(UserRow.email).endswith("@demo.bank", autoescape=True)).limit(1)
    return session.exec(query).first() is not None


def snapshot(session: Session) -> dict[str, Any]:
    """Give every login as the facts add up to it: ids, roles and states, never contact data."""
    rows = session.exec(select(UserRow).order_by(col(UserRow.id)))
    return {
        "users": [
            {
                "user_id": row.id,
                "customer_id": row.customer_id,
                "roles": row.roles,
                "branch_id": row.branch_id,
                "status": row.status,
            }
            for row in rows
        ]
    }


def holds_role(role: str) -> ColumnElement[bool]:
    """Make the condition that a login has a role."""
    # Roles are a compact JSON list of fixed words, so the quoted word is found in it and in nothing else.
    return type_coerce(col(UserRow.roles), Text).contains(f'"{role}"', autoescape=True)
