"""Sign out everywhere, this session included.

Who: a user, of their own sessions. Says: `SessionsEnded`.
"""

from datetime import datetime

from services.identity.domain.session import Device
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions, log_event
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def end_all_sessions(store: Store, *, caller: Caller, user_id: str, device: Device, now: datetime) -> int:
    """End every open session of a user, each with a line in the log, and give how many there were."""
    with store.write() as session:
        rows = open_sessions(session, user_id=user_id, now=now)
        end_sessions(session, rows=rows, reason="signed-out-everywhere", now=now)
        for row in rows:
            log_event(
                session,
                kind="logout",
                device=device,
                now=now,
                user_id=user_id,
                session_id=row.id,
                reason="signed-out-everywhere",
            )
        record_audit(
            session,
            caller=caller,
            command="sign-out-everywhere",
            subject_type="user",
            subject_id=user_id,
            after={"ended_sessions": len(rows)},
        )
    return len(rows)
