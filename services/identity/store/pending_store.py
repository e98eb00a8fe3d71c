"""Commands that wait for a second person; each call stands in its use case's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from services.identity.domain.role_change import CHECKERS
from services.identity.store.tables import PendingCommandRow, UserRow
from services.identity.store.users_queries import holds_role
from shared.clock import format_time
from shared.contracts.identity import ApprovalEnded, ApprovalNeeded
from shared.ids import new_id
from shared.store.outbox import append_facts

PASSWORD_HASH = "password_hash"  # noqa: S105  (a name)
"""An argument that differs each time the same is asked for: that of a random password."""
_SHOWN = ("roles", "status", "branch_id")


@dataclass(frozen=True, slots=True)
class Frozen:
    """A command to keep: what it is about, word for word, and what a second person is shown of it."""

    command: str
    subject_type: str
    subject_id: str
    branch_id: str | None
    arguments: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]


def freeze_command(
    session: Session, wanted: Frozen, *, made_by: str, made_at: datetime, expires_at: datetime
) -> PendingCommandRow:
    """Keep a command and ask for its approval; the same wish of the same person is kept once."""
    for known in pending_about(session, wanted.subject_id):
        asked = {name: value for name, value in known.frozen.items() if name != PASSWORD_HASH}
        again = {name: value for name, value in wanted.arguments.items() if name != PASSWORD_HASH}
        if (known.command, known.made_by, asked) == (wanted.command, made_by, again):
            return known
    row = PendingCommandRow(
        id=new_id(),
        command=wanted.command,
        subject_id=wanted.subject_id,
        made_by=made_by,
        frozen=wanted.arguments,
        made_at=made_at,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    append_facts(
        session,
        ApprovalNeeded(
            approval_id=row.id,
            command=row.command,
            made_by=made_by,
            subject_type=wanted.subject_type,
            subject_id=row.subject_id,
            branch_id=wanted.branch_id,
            before=wanted.before,
            after=wanted.after,
            checkers=list(CHECKERS),
            made_at=format_time(made_at),
            expires_at=format_time(expires_at),
        ),
    )
    return row


def pending_about(session: Session, subject_id: str) -> list[PendingCommandRow]:
    """List what waits about a login, and lock it until the transaction ends."""
    query = (
        select(PendingCommandRow)
        .where(PendingCommandRow.subject_id == subject_id, PendingCommandRow.status == "pending")
        .order_by(col(PendingCommandRow.id))
        .with_for_update()
    )
    return list(session.exec(query))


def end_command(
    session: Session, row: PendingCommandRow, *, status: Literal["executed", "failed", "void"], outcome: dict[str, str]
) -> None:
    """Note how a command ended, and say so."""
    row.outcome = outcome
    close_command(session, row, status=status)
    append_facts(session, ApprovalEnded(approval_id=row.id, status=status, outcome=outcome))


def close_command(session: Session, row: PendingCommandRow, *, status: str) -> None:
    """Note that a command is over; an address in it is forgotten."""
    row.status = status
    row.frozen = {name: value for name, value in row.frozen.items() if name in _SHOWN}
    session.add(row)
    session.flush()


def void_pending(session: Session, subject_id: str) -> None:
    """Forget what waits about a login that is being edited: it was asked for on an older one."""
    for row in pending_about(session, subject_id):
        end_command(session, row, status="void", outcome={"code": "request.version-mismatch"})


def has_other_checker(session: Session, user_id: str) -> bool:
    """Tell whether anybody else could ever decide; a suspended one counts, so that nobody becomes the only one so."""
    deciding = holds_role(CHECKERS[0]) | holds_role(CHECKERS[1])
    query = select(UserRow.id).where(col(UserRow.id) != user_id, deciding).limit(1)
    return session.exec(query).first() is not None
