"""Let registrations lapse whose e-mail address nobody confirmed in time: the address is free for its owner again.

Who: the worker. Rule: only logins of customers that never signed in; the row stays, since the sign-in log names it.
Says: `RegistrationLapsed`, so that the customer's other details are free as well.
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from services.identity.domain.user import lapsed_email
from services.identity.store.tables import UserRow
from shared.contracts.caller import Caller
from shared.contracts.identity import RegistrationLapsed
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

AT_ONCE = 100
_WORKER = Caller.for_service("identity")


def lapse_registrations(store: Store, *, after: timedelta, now: datetime) -> int:
    """End a portion of the registrations that waited longer than `after`, and give how many; call again while any."""
    waiting = (
        select(UserRow)
        .where(
            col(UserRow.email_unconfirmed),
            col(UserRow.first_signed_in_at).is_(None),
            col(UserRow.customer_id).is_not(None),
            UserRow.status == "active",
            UserRow.updated_at < now - after,
        )
        .limit(AT_ONCE)
    )
    with store.write() as session:
        rows = session.exec(waiting).all()
        for row in rows:
            row.email, row.status, row.updated_at = lapsed_email(row.id), "suspended", now
            row.version += 1
            session.add(row)
            append_facts(session, RegistrationLapsed(user_id=row.id, customer_id=str(row.customer_id)))
            record_audit(
                session,
                caller=_WORKER,
                command="lapse-registration",
                subject_type="user",
                subject_id=row.id,
                before={"status": "active"},
                after={"status": "suspended"},
                reason="the e-mail address was never confirmed",
            )
    return len(rows)
