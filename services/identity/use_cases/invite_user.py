"""Invite somebody to work for the bank: a login with roles, whose password they alone choose.

Who: an admin; the first admin is made by a command on the machine itself. Rule: `domain/user.py`. Says: `UserCreated`.
The password is random and nobody knows it: the invited person sets one with the code that is sent to the mailbox.
"""

import secrets
from collections.abc import Collection
from datetime import datetime

from services.identity.domain.email import normalise_email
from services.identity.domain.one_time_code import CODE_LIFE
from services.identity.domain.password import check_new_password, is_short
from services.identity.domain.user import AdminExists, User, check_staff_roles
from services.identity.settings import IdentitySettings
from services.identity.store.code_store import make_code
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import count_other_active_admins
from services.identity.store.users_store import add_user
from services.identity.use_cases.sign_in import SignInDesk
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.engine import Store


def invite_user(
    desk: SignInDesk, *, caller: Caller, email: str, roles: Collection[str], branch_id: str | None, now: datetime
) -> UserRow:
    """Make the login of a new member of staff, and send the code with which they choose a password.

    :raises InvalidEmail: if it cannot be an address
    :raises EmailTaken: if another login has it
    :raises InvalidRoles: if one of the roles is not for staff, or none is given
    """
    address = normalise_email(email=email, allow_test_domains=desk.settings.is_sandbox)
    user = _staff(email=address, roles=check_staff_roles(roles), branch_id=branch_id)
    unusable = desk.hashes.make(secrets.token_urlsafe(32))
    with desk.store.write() as session:
        row = add_user(session, user=user, password_hash=unusable, unconfirmed=True, now=now)
        code = make_code(session, keys=desk.keys, user_id=row.id, purpose="reset-password", now=now)
        record_audit(
            session,
            caller=caller,
            command="invite-user",
            subject_type="user",
            subject_id=row.id,
            after={"roles": list(user.roles), "branch_id": branch_id},
        )
    desk.mailer.send_soon(email=address, mail="reset-password", code=code, valid_until=now + CODE_LIFE)
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
