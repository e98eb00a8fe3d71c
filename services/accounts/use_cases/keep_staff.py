"""Keep the list of the people who work for the bank: position, branch, supervisor, salary, hire date.

Who: an admin; logins and roles are identity's. Rule: `domain/staff.py`. The audit trail names what changed.
Says: `StaffChanged`.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, or_, select

from services.accounts.domain.branch import UnknownBranch
from services.accounts.domain.edit import changes_between, require_version
from services.accounts.domain.staff import BadSupervisor, StaffExists, StaffNotFound
from services.accounts.store.tables import BranchRow, StaffRow
from shared.clock import bank_now
from shared.contracts.accounts import StaffChanged
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def add_staff(session: Session, *, caller: Caller, fields: Mapping[str, Any]) -> StaffRow:
    """Write a member of staff in the current write transaction and give the row.

    :raises StaffExists: if somebody has the address or the login
    :raises UnknownBranch, BadSupervisor: if they are none of the bank's
    """
    row = StaffRow(id=new_id(), created_at=bank_now(), **fields)
    _check(session, row)
    return _write(session, caller, row, "add-staff", sorted(fields))


def edit_staff(
    session: Session,
    *,
    caller: Caller,
    staff_id: str,
    seen_version: int,
    fields: Mapping[str, Any],
    note: str | None = None,
) -> StaffRow:
    """Change columns of a member of staff and give the row; no change leaves no trace.

    :raises StaffNotFound: if there is nobody of that id
    :raises VersionMismatch: if it was changed since the caller read it
    :raises StaffExists, UnknownBranch, BadSupervisor: as `add_staff`
    """
    row = session.get(StaffRow, staff_id, with_for_update=True)
    if row is None:
        raise StaffNotFound
    require_version(seen=seen_version, actual=row.version)
    changes = changes_between(before=row.model_dump(), wanted=fields)
    if not changes:
        return row
    for change in changes:
        setattr(row, change.field, change.new)
    _check(session, row)
    row.version += 1
    return _write(session, caller, row, "edit-staff", [change.field for change in changes], note)


def _check(session: Session, row: StaffRow) -> None:
    with session.no_autoflush:
        if session.get(BranchRow, row.branch_id) is None:
            raise UnknownBranch(branch_id=row.branch_id)
        same = select(StaffRow.id).where(StaffRow.id != row.id)
        login = StaffRow.user_id == row.user_id if row.user_id is not None else False
        if session.exec(same.where(or_(StaffRow.email == row.email, login))).first() is not None:
            raise StaffExists
        above, seen = row.supervisor_id, {row.id}
        while above is not None:
            boss = session.get(StaffRow, above)
            if boss is None or above in seen:
                raise BadSupervisor
            seen.add(above)
            above = boss.supervisor_id


def _write(
    session: Session, caller: Caller, row: StaffRow, command: str, fields: list[str], note: str | None = None
) -> StaffRow:
    session.add(row)
    session.flush()
    append_facts(session, StaffChanged(staff_id=row.id, user_id=row.user_id, branch_id=row.branch_id))
    record_audit(
        session,
        caller=caller,
        command=command,
        subject_type="staff",
        subject_id=row.id,
        after={"version": row.version, "fields": fields},
        reason=note,
    )
    return row
