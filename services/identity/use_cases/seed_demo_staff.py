"""Make the sandbox's staff, once: tess, olu, sam, sue, amir and alma at demo.bank.

Who: the start of the process, in the sandbox only; production has no default logins. Says: `UserCreated` for each.
"""

from datetime import datetime

from services.identity.domain.user import User
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.users_queries import user_row_by_email
from services.identity.store.users_store import add_user
from shared.contracts.caller import Caller
from shared.ids import derived_id
from shared.store.audit import record_audit
from shared.store.engine import Store

DEMO_STAFF = {
    "tess": "teller",
    "olu": "officer",
    "sam": "supervisor",
    "sue": "support",
    "amir": "auditor",
    "alma": "admin",
}
MAIN_BRANCH = "main"


def seed_demo_staff(store: Store, *, hashes: PasswordHashes, now: datetime) -> int:
    """Make those of the demo staff who are missing, and give how many that were."""
    with store.read() as session:
        missing = [name for name in DEMO_STAFF if user_row_by_email(session, f"{name}@demo.bank") is None]
    hashed = {name: hashes.make(f"demo-password-{name}") for name in missing}
    if not hashed:
        return 0
    with store.write() as session:
        for name, password_hash in hashed.items():
            user = User(
                id=derived_id("user", f"{name}@demo.bank"),
                email=f"{name}@demo.bank",
                roles=(DEMO_STAFF[name],),
                branch_id=MAIN_BRANCH,
                customer_id=None,
                status="active",
                version=1,
            )
            add_user(session, user=user, password_hash=password_hash, now=now)
            caller = Caller.for_service("identity")
            record_audit(session, caller=caller, command="seed-staff", subject_type="user", subject_id=user.id)
    return len(hashed)
