"""Remove a payee, and put it back within a day with what is known of it.

Who: the customer. Rule: `domain/payee.py`. Nothing is deleted. Says: `PayeeRemoved`, `PayeeAdded` when it is back.
"""

from sqlmodel import Session

from services.accounts.domain.payee import PayeeExists, require_restorable
from services.accounts.store.payee_store import lock_customer, payee_of, payee_with_number
from services.accounts.store.tables import PayeeRow
from services.accounts.use_cases.add_payee import added_fact
from shared.clock import bank_now
from shared.contracts.accounts import PayeeRemoved
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def remove_payee(session: Session, *, caller: Caller, payee_id: str) -> PayeeRow:
    """Take a payee off the list in the current write transaction and give it; a second time changes nothing.

    :raises PayeeNotFound: if it is missing or another customer's
    """
    row = payee_of(session, payee_id, caller=caller, removed=True)
    if row.removed_at is None:
        row.removed_at = bank_now()
        row.version += 1
        session.add(row)
        session.flush()
        fact = PayeeRemoved(payee_id=row.id, customer_id=row.customer_id, account_id=row.account_id)
        append_facts(session, fact)
        _audit(session, caller, row, "remove-payee")
    return row


def restore_payee(session: Session, *, caller: Caller, payee_id: str) -> PayeeRow:
    """Put a removed payee back in the current write transaction and give it, known for as long as before.

    :raises PayeeNotFound: if it is missing or another customer's
    :raises NotRemoved, UndoOver: as `require_restorable`
    :raises PayeeExists: if the account number was added again meanwhile
    """
    row = payee_of(session, payee_id, caller=caller, removed=True)
    lock_customer(session, row.customer_id)
    require_restorable(removed_at=row.removed_at, at=bank_now())
    again = payee_with_number(session, row.customer_id, row.account_number)
    if again is not None:
        raise PayeeExists(payee_id=again.id)
    row.removed_at = None
    row.version += 1
    session.add(row)
    session.flush()
    append_facts(session, added_fact(row))
    _audit(session, caller, row, "restore-payee")
    return row


def _audit(session: Session, caller: Caller, row: PayeeRow, command: str) -> None:
    record_audit(
        session,
        caller=caller,
        command=command,
        subject_type="payee",
        subject_id=row.id,
        after={"version": row.version, "removed": row.removed_at is not None},
    )
