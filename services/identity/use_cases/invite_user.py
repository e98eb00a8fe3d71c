"""Invite somebody to work for the bank: a login with roles, whose password they alone choose.

Who: an admin; the first admin is made by a command on the machine itself. Rule: `domain/user.py`, and
`domain/role_change.py`. Says: `UserCreated`; or `ApprovalNeeded`, if a role is checked: then there is no login before
somebody else approved.
The password is random and nobody knows it: the invited person sets one with the code that is sent to the mailbox.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from services.identity.clients.notifications import CodeMailer
from services.identity.domain.email import normalise_email
from services.identity.domain.one_time_code import CODE_LIFE
from services.identity.domain.password import check_new_password, is_short
from services.identity.domain.role_change import needs_checker
from services.identity.domain.user import AdminExists, EmailTaken, User, check_staff_roles
from services.identity.settings import IdentitySettings
from services.identity.store.code_store import make_code
from services.identity.store.key_files import SigningKeys
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.pending_store import PASSWORD_HASH, Frozen, freeze_command, has_other_checker
from services.identity.store.tables import PendingCommandRow, UserRow
from services.identity.store.users_queries import count_other_active_admins, user_row, user_row_by_email
from services.identity.store.users_store import add_user
from services.identity.use_cases.sign_in import SignInDesk
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.ids import derived_id, new_id
from shared.store.audit import record_audit
from shared.store.engine import Store, after_commit
from shared.store.jobs import enqueue_job

SEND_INVITATION = "send_invitation"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited, and the hash of a password that nobody knows."""

    user: User
    password_hash: str = field(repr=False)


def write_invitation(desk: SignInDesk, *, email: str, roles: Collection[str], branch_id: str | None) -> Invitation:
    """Check what an invitation says, and hash, outside of any transaction.

    :raises InvalidEmail: if it cannot be an address
    :raises InvalidRoles: if one of the roles is not for staff, or none is given
    """
    address = normalise_email(email=email, allow_test_domains=desk.settings.is_sandbox)
    user = _staff(email=address, roles=check_staff_roles(roles), branch_id=branch_id)
    return Invitation(user, desk.hashes.make(secrets.token_urlsafe(32)))


def invite_user(
    session: Session, *, desk: SignInDesk, caller: Caller, invitation: Invitation, now: datetime
) -> UserRow | PendingCommandRow:
    """Make the login of a new member of staff in the current write transaction, or let it wait.

    Once that is durable, the code with which they choose a password is sent.

    :raises EmailTaken: if another login has the address
    """
    user, hashed = invitation.user, invitation.password_hash
    checked = needs_checker(before=(), after=user.roles, own=False, checked=desk.settings.roles_to_check)
    if checked and has_other_checker(session, caller.user_id or ""):
        return _wait(session, desk=desk, caller=caller, user=user, password_hash=hashed)
    row = _admit(session, caller=caller, user=user, password_hash=hashed, now=now)
    code = make_code(session, keys=desk.keys, user_id=row.id, purpose="reset-password", now=now)
    until = now + CODE_LIFE
    after_commit(
        session,
        lambda: desk.mailer.send_soon(email=user.email, mail="reset-password", code=code, valid_until=until),
    )
    return row


def admit_invited(session: Session, *, caller: Caller, waited: PendingCommandRow, now: datetime) -> str:
    """Make the login that waited for a second person and give its id; the worker sends the code.

    :raises EmailTaken: if another login has the address by now
    """
    asked = waited.frozen
    user = _staff(email=asked["email"], roles=asked["roles"], branch_id=asked["branch_id"])
    reason = f"approval {waited.id}"
    row = _admit(session, caller=caller, user=user, password_hash=asked[PASSWORD_HASH], now=now, reason=reason)
    enqueue_job(session, kind=SEND_INVITATION, unique_key=row.id, payload={"user_id": row.id})
    return row.id


def send_invitation(store: Store, *, keys: SigningKeys, mailer: CodeMailer, user_id: str, now: datetime) -> None:
    """Send an invited person the code with which they choose a password; each run sends a new one.

    :raises CodeSentAlready: if one was sent a moment ago
    :raises Unavailable: if notifications does not take the mail
    """
    with store.write() as session:
        row = user_row(session, user_id)
        code = make_code(session, keys=keys, user_id=user_id, purpose="reset-password", now=now)
        email = row.email
    mailer.hand_over(email=email, mail="reset-password", code=code, valid_until=now + CODE_LIFE, key=new_id())


def _wait(session: Session, *, desk: SignInDesk, caller: Caller, user: User, password_hash: str) -> PendingCommandRow:
    if user_row_by_email(session, user.email) is not None:
        raise EmailTaken("Another login has this e-mail address.")
    shown: dict[str, Any] = {"roles": list(user.roles), "branch_id": user.branch_id}
    wanted = Frozen(
        command="invite-user",
        subject_type="invitation",
        # The same for the same address, which it does not tell: its hash is keyed.
        subject_id=derived_id("invitation", desk.keys.email_hash(user.email)),
        branch_id=user.branch_id,
        arguments={**shown, "email": user.email, PASSWORD_HASH: password_hash},
        before={},
        after=shown,
    )
    made_at = bank_now()
    expires_at = made_at + timedelta(hours=desk.settings.approval_hours)
    row = freeze_command(session, wanted, made_by=caller.user_id or "", made_at=made_at, expires_at=expires_at)
    record_audit(
        session,
        caller=caller,
        command="propose-invite-user",
        subject_type="invitation",
        subject_id=row.subject_id,
        after={**shown, "approval_id": row.id},
    )
    return row


def _admit(
    session: Session, *, caller: Caller, user: User, password_hash: str, now: datetime, reason: str | None = None
) -> UserRow:
    row = add_user(session, user=user, password_hash=password_hash, unconfirmed=True, now=now)
    record_audit(
        session,
        caller=caller,
        command="invite-user",
        subject_type="user",
        subject_id=row.id,
        after={"roles": list(user.roles), "branch_id": user.branch_id},
        reason=reason,
    )
    return row


def create_first_admin(
    store: Store, *, hashes: PasswordHashes, settings: IdentitySettings, email: str, password: str, now: datetime
) -> str:
    """Make the first admin, whose address counts as confirmed: who may run this command is trusted. Gives the id.

    :raises AdminExists: if there is an active admin: from then on admins are made by admins
    :raises InvalidEmail: or EmailTaken, PasswordTooShort, PasswordTooLong, PasswordTooCommon
    """
    address = normalise_email(email=email, allow_test_domains=settings.is_sandbox)
    plain = check_new_password(password=password, email=address, with_factor=settings.asks_email_code)
    user = _staff(email=address, roles=("admin",), branch_id=None)
    hashed = hashes.make(plain)
    with store.write() as session:
        if count_other_active_admins(session, user.id):
            raise AdminExists("There is an admin already.")
        add_user(session, user=user, password_hash=hashed, short=is_short(plain), now=now)
        caller = Caller.for_service("identity")
        record_audit(session, caller=caller, command="create-first-admin", subject_type="user", subject_id=user.id)
    return user.id


def _staff(*, email: str, roles: Collection[str], branch_id: str | None) -> User:
    return User(
        id=new_id(), email=email, roles=tuple(roles), branch_id=branch_id, customer_id=None, status="active", version=1
    )
