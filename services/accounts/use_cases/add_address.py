"""Add an address of a kind to a customer: home, mailing or work, valid from a day on. The earlier ones stay.

Who: the customer, or staff for them. Says: `CustomerChanged`.
"""

from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from services.accounts.domain.customer import Address, BadValidity
from services.accounts.domain.edit import FieldChange
from services.accounts.store.customer_queries import active_customer
from services.accounts.store.customer_store import add_customer_edits, save_address
from shared.clock import bank_now
from shared.contracts.accounts import CustomerChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def add_address(
    session: Session,
    *,
    caller: Caller,
    customer_id: str,
    kind: str,
    address: Address,
    valid_from: date | None,
    valid_until: date | None,
) -> None:
    """Write the address in the current write transaction; it is valid from today unless said.

    :raises CustomerNotFound: if there is no such customer
    :raises BadValidity: if it would end before it begins
    """
    row = active_customer(session, customer_id)
    at = bank_now()
    first = valid_from or at.date()
    if valid_until is not None and valid_until <= first:
        raise BadValidity
    save_address(session, customer_id, address=address, at=at, kind=kind, valid_from=first, valid_until=valid_until)
    row.version += 1
    row.updated_at = at
    session.add(row)
    changes = [FieldChange(f"address:{kind}", None, asdict(address))]
    add_customer_edits(session, customer_id, changes=changes, by=str(caller.user_id), note=None, at=at)
    append_facts(session, CustomerChanged(customer_id=customer_id, fields=[f"address:{kind}"]))
    record_audit(
        session,
        caller=caller,
        command="add-address",
        subject_type="customer",
        subject_id=customer_id,
        after={"version": row.version, "fields": [f"address:{kind}"]},
    )
