"""Ask to change what a login may do: it is done at once, or kept until a second person has approved it.

Who: an admin. Rule: `domain/role_change.py`; which roles are checked is a setting. Says: `ApprovalNeeded`, if it waits.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from services.identity.domain.role_change import needs_checker
from services.identity.domain.user import User, UserStatus
from services.identity.domain.user import change_user as decide
from services.identity.settings import IdentitySettings
from services.identity.store.pending_store import Frozen, freeze_command, has_other_checker
from services.identity.store.tables import PendingCommandRow, UserRow
from services.identity.store.users_queries import count_other_active_admins, user_of, user_row
from services.identity.use_cases.change_user import change_user
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def propose_user_change(
    session: Session,
    *,
    settings: IdentitySettings,
    caller: Caller,
    user_id: str,
    version: int,
    roles: Collection[str] | None,
    status: UserStatus | None,
    now: datetime,
    reason: str | None = None,
) -> UserRow | PendingCommandRow:
    """Change a login in the current write transaction, or give the command that waits.

    Who is the only one that could decide changes roles alone: the first admin has to make the second.

    :raises UserNotFound: or UserChangedMeanwhile, InvalidRoles, LastAdmin: as `change_user`, also of what would wait
    """
    before = user_of(user_row(session, user_id))
    others = count_other_active_admins(session, user_id)
    after = decide(user=before, version=version, roles=roles, status=status, other_active_admins=others)
    maker = caller.user_id or ""
    own, checked = maker == user_id, settings.roles_to_check
    if not needs_checker(before=before.roles, after=after.roles, own=own, checked=checked) or not has_other_checker(
        session, maker
    ):
        return change_user(
            session,
            caller=caller,
            user_id=user_id,
            version=version,
            roles=roles,
            status=status,
            now=now,
            reason=reason,
        )
    wanted, made_at, life = _frozen(before, after), bank_now(), timedelta(hours=settings.approval_hours)
    row = freeze_command(session, wanted, made_by=maker, made_at=made_at, expires_at=made_at + life)
    record_audit(
        session,
        caller=caller,
        command="propose-change-roles",
        subject_type="user",
        subject_id=user_id,
        before=wanted.before,
        after={**wanted.after, "approval_id": row.id},
        reason=reason,
    )
    return row


def _frozen(before: User, after: User) -> Frozen:
    return Frozen(
        command="change-roles",
        subject_type="user",
        subject_id=before.id,
        branch_id=before.branch_id,
        arguments={"roles": list(after.roles), "status": after.status},
        before={"roles": list(before.roles), "status": before.status},
        after={"roles": list(after.roles), "status": after.status},
    )
