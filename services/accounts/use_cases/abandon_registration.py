"""Abandon a registration whose login never came to be: its phone number is free again, its e-mail resumes it.

Who: the worker, long after the request is over.
"""

from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import CustomerRow
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def abandon_registration(store: Store, *, customer_id: str, attempt: int) -> None:
    """Mark a pending customer as abandoned, unless a newer attempt is under way."""
    with store.write() as session:
        row = session.get_one(CustomerRow, customer_id)
        if row.status != CustomerStatus.PENDING or row.version != attempt:
            return
        row.status, row.updated_at = CustomerStatus.ABANDONED, bank_now()
        session.add(row)
        record_audit(
            session,
            caller=Caller.for_service("accounts"),
            command="abandon-registration",
            subject_type="customer",
            subject_id=customer_id,
            before={"status": CustomerStatus.PENDING.value},
            after={"status": CustomerStatus.ABANDONED.value},
        )
