"""Edit a customer's own details: phone, gender, occupation, income and address, with a history of old and new.

Who: the customer, or staff for them; names and the date of birth an officer only. Says: `CustomerChanged`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import NamedTuple

from sqlmodel import Session

from services.accounts.domain.customer import Address, AlreadyRegistered, ProofNeeded
from services.accounts.domain.edit import FieldChange, changes_between, require_version
from services.accounts.domain.views import CustomerView
from services.accounts.store.customer_queries import (
    active_customer,
    customer_view,
    phone_is_taken,
    present_address,
)
from services.accounts.store.customer_store import add_customer_edits, save_address
from services.accounts.store.life_store import take_step_up
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.decide_kyc import push_contracts_of
from shared.clients.step_up import StepUpSubject
from shared.clock import bank_now, now
from shared.contracts.accounts import CustomerChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


class UsedStepUp(NamedTuple):
    """A verified step-up token and what it approved; used up with the change."""

    token_id: str
    subject: StepUpSubject


_PROVEN = {"first_name", "last_name", "date_of_birth"}
_PROVERS = ("officer", "supervisor")


def edit_customer(
    store: Store,
    *,
    caller: Caller,
    customer_id: str,
    seen_version: int,
    fields: Mapping[str, object],
    address: Address | None,
    note: str | None,
    confirmed: UsedStepUp | None = None,
) -> CustomerView:
    """Change columns of a customer (by name) and, if one is given, the address; no change leaves no trace.

    :raises CustomerNotFound: if there is no such customer
    :raises ProofNeeded: if names or the date of birth are changed by others than officers who have seen a document
    :raises VersionMismatch: if they were changed since the caller read them
    :raises AlreadyRegistered: if another customer has the phone number
    :raises StepUpRequired: if the step-up was used before
    """
    with store.write() as session:
        row = active_customer(session, customer_id)
        if _PROVEN & set(fields) and not caller.has(*_PROVERS):
            raise ProofNeeded
        require_version(seen=seen_version, actual=row.version)
        phone = fields.get("phone")
        if phone is not None and phone_is_taken(session, phone=str(phone), by_other_than=customer_id):
            raise AlreadyRegistered("Another customer has this phone number.")
        changes = changes_between(before=row.model_dump(), wanted=fields)
        if address is not None:
            known = present_address(session, customer_id)
            changes += changes_between(before={"address": known and asdict(known)}, wanted={"address": asdict(address)})
        if changes and confirmed is not None:
            take_step_up(session, confirmed.token_id, subject=confirmed.subject, at=now())
        if changes:
            for name, value in fields.items():
                setattr(row, name, value)
            if address is not None:
                save_address(session, customer_id, address=address, at=bank_now())
            _keep(session, caller, row, changes, note)
        return customer_view(session, row)


def _keep(session: Session, caller: Caller, row: CustomerRow, changes: list[FieldChange], note: str | None) -> None:
    """Write an edit down: history, fact, audit record, and new contracts for the ledger if it must know of a name."""
    fields, at = [change.field for change in changes], bank_now()
    before = row.version
    row.version += 1
    row.updated_at = at
    session.add(row)
    add_customer_edits(session, row.id, changes=changes, by=str(caller.user_id), note=note, at=at)
    if {"first_name", "last_name"} & set(fields):
        push_contracts_of(session, row.id)
    append_facts(session, CustomerChanged(customer_id=row.id, fields=fields))
    record_audit(
        session,
        caller=caller,
        command="edit-customer",
        subject_type="customer",
        subject_id=row.id,
        before={"version": before},
        after={"version": row.version, "fields": fields},
        reason=note,
    )
    session.flush()
