"""Do what waited for a second person, once, or forget it.

Who: `ApprovalDecided` of accounts, which keeps the inbox. Rule: `domain/role_change.py`, asked again here: neither who
asked nor who gains decides. Says: `ApprovalEnded`, and what the command itself says.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from services.identity.domain.role_change import check_decider
from services.identity.store.pending_store import close_command, end_command
from services.identity.store.tables import PendingCommandRow, UserRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.change_user import change_user
from services.identity.use_cases.invite_user import admit_invited
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.store.audit import record_audit


def _change_roles(session: Session, caller: Caller, row: PendingCommandRow, now: datetime) -> str:
    change_user(
        session,
        caller=caller,
        user_id=row.subject_id,
        version=user_row(session, row.subject_id).version,
        roles=row.frozen["roles"],
        status=row.frozen["status"],
        now=now,
        reason=f"approval {row.id}",
    )
    return row.subject_id


def _invite_user(session: Session, caller: Caller, row: PendingCommandRow, now: datetime) -> str:
    return admit_invited(session, caller=caller, waited=row, now=now)


_COMMANDS: Mapping[str, Callable[[Session, Caller, PendingCommandRow, datetime], str]] = {
    "change-roles": _change_roles,
    "invite-user": _invite_user,
}


def execute_approved(session: Session, *, approval_id: str, decided_by: str | None, now: datetime) -> None:
    """Execute in the current write transaction; what is executed, void or not here stays as it is.

    A refusal is how the command ends, not an error.
    """
    row = session.get(PendingCommandRow, approval_id, with_for_update=True)
    if row is None or row.status != "pending":
        return
    row.decided_by = decided_by
    caller = Caller(user_id=row.made_by, roles=frozenset({"admin"}))
    checker = session.get(UserRow, decided_by) if decided_by else None
    roles = checker.roles if checker is not None and checker.status == "active" else []
    try:
        check_decider(decided_by=decided_by, made_by=row.made_by, subject_id=row.subject_id, roles=roles)
        row.status = "executed"  # before the edit, which voids what is pending; it refuses before it writes
        session.flush()
        made = _COMMANDS[row.command](session, caller, row, now)
    except Refusal as refusal:
        end_command(session, row, status="failed", outcome={"code": refusal.code})
    else:
        end_command(session, row, status="executed", outcome={"id": made})
    _audit(session, row, caller)


def forget_undecided(session: Session, *, approval_id: str, decision: str, decided_by: str | None) -> None:
    """Note that a command was rejected, taken back or never decided: it will not be done."""
    row = session.get(PendingCommandRow, approval_id, with_for_update=True)
    if row is None or row.status != "pending":
        return
    row.decided_by = decided_by
    close_command(session, row, status=decision)
    _audit(session, row, Caller.for_service("accounts", decided_by))


def _audit(session: Session, row: PendingCommandRow, caller: Caller) -> None:
    record_audit(
        session,
        caller=caller,
        command=f"end-{row.command}",
        subject_type="invitation" if row.command == "invite-user" else "user",
        subject_id=row.subject_id,
        before={"status": "pending"},
        after={"status": row.status, "approval_id": row.id, "decided_by": row.decided_by},
    )
