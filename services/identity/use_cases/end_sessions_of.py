"""End sessions of somebody else: one that they name, or all of them (a device is lost, a stranger was seen).

Who: staff, a customer's; an admin, those of staff, too. Rule: `domain/user.py`. Says: `SessionsEnded`.
"""

from datetime import datetime

from sqlmodel import Session

from services.identity.domain.session import Device, SessionNotFound
from services.identity.domain.user import check_desk
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions, log_event
from services.identity.store.users_queries import user_of, user_row
from shared.contracts.caller import Caller
from shared.store.audit import record_audit

ENDED_BY_STAFF = "ended-by-staff"


def end_sessions_of(
    session: Session,
    *,
    caller: Caller,
    user_id: str,
    session_id: str | None,
    reason: str,
    now: datetime,
) -> list[str]:
    """End a user's session, or without `session_id` all that are open, and give their ids; the reason is kept.

    :raises UserNotFound: if there is no such user, or not one that the caller may see, alike
    :raises SessionNotFound: if that session is missing, over, or another user's
    """
    check_desk(user=user_of(user_row(session, user_id)), roles=caller.roles)
    rows = [
        row for row in open_sessions(session, user_id=user_id, now=now) if session_id is None or row.id == session_id
    ]
    if session_id is not None and not rows:
        raise SessionNotFound("There is no such session.")
    end_sessions(session, rows=rows, reason=ENDED_BY_STAFF, now=now)
    for row in rows:
        log_event(
            session,
            kind="logout",
            device=Device(address=row.address, agent=row.agent),  # who ended it stands in the audit trail
            now=now,
            user_id=user_id,
            session_id=row.id,
            reason=ENDED_BY_STAFF,
        )
    ended = [row.id for row in rows]
    record_audit(
        session,
        caller=caller,
        command="end-sessions-of-user",
        subject_type="user",
        subject_id=user_id,
        after={"ended_sessions": ended},
        reason=reason,
    )
    return ended
