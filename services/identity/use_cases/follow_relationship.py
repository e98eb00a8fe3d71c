"""Let a login do what its relationship with the bank allows: after the last account is closed it reads statements only.

Who: facts of accounts. Such a login has the role `former-customer`; an account that is opened or reopened makes it a
`customer` again. Says: `UserChanged`, and `SessionsEnded` with the end, since tokens still carry the old role.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_row_of_customer
from shared.contracts.caller import Caller
from shared.contracts.identity import UserChanged
from shared.contracts.policy.row import CUSTOMER, FORMER
from shared.store.audit import record_audit
from shared.store.outbox import append_facts

_ACCOUNTS = Caller.for_service("accounts")


def narrow_login(session: Session, *, customer_id: str, now: datetime) -> None:
    """Leave a customer's login the statements, in the current write transaction; a second time changes nothing."""
    row = user_row_of_customer(session, customer_id)
    if row is not None and CUSTOMER in row.roles:
        _put_role(session, row, old=CUSTOMER, new=FORMER, command="end-relationship", now=now)
        end_sessions(
            session, rows=open_sessions(session, user_id=row.id, now=now), reason="relationship-ended", now=now
        )


def widen_logins(session: Session, *, customer_ids: Sequence[str], now: datetime) -> None:
    """Make former customers customers again, in the current write transaction; others stay as they are."""
    for customer_id in customer_ids:
        row = user_row_of_customer(session, customer_id)
        if row is not None and FORMER in row.roles:
            _put_role(session, row, old=FORMER, new=CUSTOMER, command="resume-relationship", now=now)


def _put_role(session: Session, row: UserRow, *, old: str, new: str, command: str, now: datetime) -> None:
    before = list(row.roles)
    row.roles = [new if role == old else role for role in before]
    row.updated_at, row.version = now, row.version + 1
    session.add(row)
    append_facts(session, UserChanged(user_id=row.id, roles=list(row.roles), status=row.status))
    record_audit(
        session,
        caller=_ACCOUNTS,
        command=command,
        subject_type="user",
        subject_id=row.id,
        before={"roles": before},
        after={"roles": list(row.roles)},
    )
