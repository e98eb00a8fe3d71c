"""Give a customer the e-mail address that their login has, which its owner confirmed there.

Who: identity's fact. Rule: the login is the record of the address, so a second or late run does no harm.
Says: `CustomerChanged`.
"""

from sqlmodel import Session, col, select

from services.accounts.domain.customer import CustomerStatus
from services.accounts.domain.edit import changes_between
from services.accounts.store.customer_queries import customer_by_email
from services.accounts.store.customer_store import add_customer_edits
from services.accounts.store.tables import CustomerRow
from shared.clock import bank_now
from shared.contracts.accounts import CustomerChanged
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.jobs import enqueue_job
from shared.store.outbox import append_facts

FOLLOW_EMAIL = "follow_email"


def follow_later(session: Session, *, customer_id: str, key: str) -> None:
    """Write the job in the current write transaction."""
    enqueue_job(session, kind=FOLLOW_EMAIL, unique_key=key, payload={"customer_id": customer_id})


def follow_email(store: Store, *, customer_id: str, email: str) -> None:
    """Write the address down, with a history.

    :raises Unavailable: if another customer's record, or a registration under way, still has it: later it has not
    """
    with store.write() as session:
        row = session.exec(
            select(CustomerRow).where(col(CustomerRow.id) == customer_id).with_for_update()
        ).one_or_none()
        if row is None or row.email == email:
            return
        _free(session, email)
        changes, at = changes_between(before={"email": row.email}, wanted={"email": email}), bank_now()
        before = row.version
        row.email, row.updated_at = email, at
        row.version += 1
        session.add(row)
        add_customer_edits(session, row.id, changes=changes, by=str(row.user_id), note=None, at=at)
        append_facts(session, CustomerChanged(customer_id=row.id, fields=["email"]))
        record_audit(
            session,
            caller=Caller.for_service("identity", row.user_id),
            command="follow-email",
            subject_type="customer",
            subject_id=row.id,
            before={"version": before},
            after={"version": row.version, "fields": ["email"]},
        )


def _free(session: Session, email: str) -> None:
    """Take an address from a registration that came to nothing: whoever began it could not confirm the address."""
    other = customer_by_email(session, email)
    if other is None:
        return
    if other.status != CustomerStatus.ABANDONED:
        raise Unavailable("Another record still has this address.")
    other.email = f"{other.id}@lapsed.invalid"
    session.add(other)
    session.flush()
