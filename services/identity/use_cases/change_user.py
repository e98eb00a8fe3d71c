"""Change what a login may do: its roles, or whether it may sign in.

Who: an admin. Rule: `domain/user.py`. Says: `UserChanged`, and `SessionsEnded` since tokens still carry the old roles.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from services.identity.domain.user import UserStatus
from services.identity.domain.user import change_user as decide
from services.identity.store.pending_store import void_pending
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import count_other_active_admins, user_of, user_row
from services.identity.store.users_store import keep_change
from shared.contracts.caller import Caller
from shared.contracts.identity import UserChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def change_user(
    session: Session,
    *,
    caller: Caller,
    user_id: str,
    version: int,
    roles: Collection[str] | None,
    status: UserStatus | None,
    now: datetime,
    reason: str | None = None,
) -> UserRow:
    """Change a login in the current write transaction; it takes effect at once, since its sessions end.

    What waits for a second person about this login is void from then on.

    :raises UserNotFound: if there is no such user
    :raises UserChangedMeanwhile: if the admin saw another version
    :raises InvalidRoles: if the roles do not go together
    :raises LastAdmin: if nobody would be left who can give roles
    """
    row = user_row(session, user_id)
    before = user_of(row)
    others = count_other_active_admins(session, user_id)
    after = decide(user=before, version=version, roles=roles, status=status, other_active_admins=others)
    if after == before:
        return row
    void_pending(session, user_id)
    keep_change(session, row=row, user=after, now=now)
    append_facts(session, UserChanged(user_id=row.id, roles=list(after.roles), status=after.status))
    end_sessions(
        session, rows=open_sessions(session, user_id=user_id, now=now), reason="roles-or-status-changed", now=now
    )
    record_audit(
        session,
        caller=caller,
        command="change-user",
        subject_type="user",
        subject_id=user_id,
        before={"roles": list(before.roles), "status": before.status},
        after={"roles": list(after.roles), "status": after.status},
        reason=reason,
    )
    return row
