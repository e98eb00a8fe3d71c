"""Take a registration back whose e-mail address nobody confirmed: its address resumes it, its number is free.

Who: identity's fact. Rule: a customer who has an account is one, whatever became of the login.
"""

from sqlmodel import Session, select

from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import AccountOwnerRow, CustomerRow
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def release_registration(session: Session, *, customer_id: str) -> None:
    """Mark an active customer without any account as abandoned, in the current write transaction."""
    row = session.get(CustomerRow, customer_id)
    if row is None or row.status != CustomerStatus.ACTIVE:
        return
    if session.exec(select(AccountOwnerRow).where(AccountOwnerRow.customer_id == customer_id)).first() is not None:
        return
    row.status, row.updated_at = CustomerStatus.ABANDONED, bank_now()
    row.version += 1
    session.add(row)
    record_audit(
        session,
        caller=Caller.for_service("identity"),
        command="release-registration",
        subject_type="customer",
        subject_id=customer_id,
        before={"status": CustomerStatus.ACTIVE.value},
        after={"status": CustomerStatus.ABANDONED.value},
        reason="the e-mail address was never confirmed",
    )
