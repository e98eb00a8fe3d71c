"""Write down something about a customer, for other staff to read. Who: staff. Nothing of it is ever changed."""

from sqlmodel import Session

from services.accounts.store.customer_queries import active_customer
from services.accounts.store.tables import CustomerNoteRow
from shared.clock import bank_now
from shared.contracts.accounts import CustomerChanged
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def note_customer(session: Session, *, caller: Caller, customer_id: str, text: str) -> CustomerNoteRow:
    """Write a note in the current write transaction and give it.

    :raises CustomerNotFound: if there is no such customer
    """
    active_customer(session, customer_id)
    row = CustomerNoteRow(id=new_id(), customer_id=customer_id, text=text, by=str(caller.user_id), at=bank_now())
    session.add(row)
    session.flush()
    append_facts(session, CustomerChanged(customer_id=customer_id, fields=["note"]))
    record_audit(
        session,
        caller=caller,
        command="note-customer",
        subject_type="customer",
        subject_id=customer_id,
        after={"note": row.id},
    )
    return row
