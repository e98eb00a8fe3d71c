"""Add a payee, after comparing the name with the owners' of the account.

Who: a customer, for themselves. Rule: `domain/payee.py`, `domain/name_match.py`. Whatever the comparison says, the
customer decides; it is kept with the payee. Says: `PayeeAdded`, from which the ledger knows since when it is there.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from services.accounts.domain.iban import is_ours, read_account_number
from services.accounts.domain.name_match import NameMatch, match_name
from services.accounts.domain.payee import MAX_PAYEES, PayeeExists, TooManyPayees, cooling_until
from services.accounts.store.account_queries import account_by_number
from services.accounts.store.customer_queries import active_customer, owner_names
from services.accounts.store.payee_store import count_payees, lock_customer, payee_with_number
from services.accounts.store.tables import PayeeRow
from shared.clock import bank_now, format_time
from shared.contracts.accounts import PayeeAdded
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class NewPayee:
    """Whom to add: an IBAN as it was typed, the name to compare, and what the customer calls them."""

    account_number: str
    name: str
    nickname: str | None = None


def add_payee(session: Session, *, caller: Caller, payee: NewPayee, cooling_off: timedelta) -> PayeeRow:
    """Write a payee of the caller in the current write transaction and give it.

    :raises BadAccountNumber: if the number is no IBAN; nothing is looked up then
    :raises CustomerNotFound: if the caller is no customer
    :raises PayeeExists, TooManyPayees: if the list says so
    """
    number = read_account_number(payee.account_number)
    customer = active_customer(session, caller.customer_id or "")
    lock_customer(session, customer.id)
    known = payee_with_number(session, customer.id, number)
    if known is not None:
        raise PayeeExists(payee_id=known.id)
    if count_payees(session, customer.id) >= MAX_PAYEES:
        raise TooManyPayees(limit=MAX_PAYEES)
    account = account_by_number(session, number) if is_ours(number) else None
    found = _compare(session, payee.name, is_ours(number), None if account is None else account.id)
    at = bank_now()
    row = PayeeRow(
        id=new_id(),
        customer_id=customer.id,
        account_number=number,
        account_id=None if account is None else account.id,
        name=payee.name,
        nickname=payee.nickname,
        name_check=found.result,
        suggestion=found.suggestion,
        added_at=at,
        cooling_until=cooling_until(added_at=at, cooling_off=cooling_off),
    )
    session.add(row)
    session.flush()
    append_facts(session, added_fact(row))
    record_audit(
        session,
        caller=caller,
        command="add-payee",
        subject_type="payee",
        subject_id=row.id,
        after={"customer_id": customer.id, "account_id": row.account_id, "name_check": row.name_check},
    )
    return row


def _compare(session: Session, name: str, ours: bool, account_id: str | None) -> NameMatch:
    if not ours:
        return NameMatch("unavailable")
    return match_name(asked=name, owners=[] if account_id is None else owner_names(session, account_id))


def added_fact(row: PayeeRow) -> PayeeAdded:
    """Give the fact that a payee is there, with the end of its cooling-off."""
    until = None if row.cooling_until is None else format_time(row.cooling_until)
    return PayeeAdded(payee_id=row.id, customer_id=row.customer_id, account_id=row.account_id, cooling_until=until)
