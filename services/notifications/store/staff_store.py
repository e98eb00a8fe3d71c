"""Who works for the bank, as far as notifications needs to know."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from services.notifications.store.tables import StaffLoginRow

SUPPORT_DESK = ("support", "supervisor")
"""Roles that hear of a ticket nobody has."""


def keep_staff(session: Session, *, user_id: str, roles: Sequence[str], is_active: bool) -> None:
    """Write what a login may do now; one that never worked for the bank leaves no row."""
    row = session.get(StaffLoginRow, user_id)
    if row is None and not is_active:
        return
    row = row or StaffLoginRow(user_id=user_id, roles=[], active=False)
    row.roles, row.active = list(roles), is_active
    session.add(row)
    session.flush()


def staff_with(session: Session, roles: Collection[str]) -> list[str]:
    """Give the logins that have one of these roles, in a fixed order."""
    wanted = select(StaffLoginRow).where(col(StaffLoginRow.active)).order_by(col(StaffLoginRow.user_id))
    return [row.user_id for row in session.exec(wanted) if not set(roles).isdisjoint(row.roles)]
