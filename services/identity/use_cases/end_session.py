"""End one session: the one that asks (sign out), or another of the same user (a lost device).

Who: its owner. Rule: only one's own; a stranger's session answers like a missing one. Says: `SessionsEnded`.
"""

from datetime import datetime

from services.identity.domain.session import Device, SessionNotFound
from services.identity.store.sessions_queries import is_over, session_row
from services.identity.store.sessions_store import end_sessions, log_event
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def end_session(store: Store, *, caller: Caller, session_id: str, device: Device, now: datetime) -> None:
    """End a session; its tokens are void from now on, and the log gets a logout.

    :raises SessionNotFound: if it is missing, over, or somebody else's
    """
    with store.write() as session:
        row = session_row(session, session_id)
        if row is None or row.user_id != caller.user_id or is_over(row, now):
            raise SessionNotFound("There is no such session.")
        own = session_id == caller.session_id
        end_sessions(session, rows=[row], reason="signed-out" if own else "ended-by-user", now=now)
        log_event(
            session,
            kind="logout",
            device=device,
            now=now,
            user_id=row.user_id,
            session_id=row.id,
            reason="signed-out" if own else "ended-by-user",
        )
        command = "sign-out" if own else "end-session"
        record_audit(session, caller=caller, command=command, subject_type="session", subject_id=row.id)
