"""Reading payees and keeping count of them, inside the transaction of a use case."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from services.accounts.domain.payee import PayeeNotFound
from services.accounts.store.tables import CustomerRow, PayeeRow
from shared.clock import format_time
from shared.contracts.caller import Caller


def payee_of(
    session: Session, payee_id: str, *, caller: Caller, removed: bool = False, for_update: bool = True
) -> PayeeRow:
    """Give a payee of the caller's own; `removed`: also one that was removed.

    :raises PayeeNotFound: if it is missing or another customer's, alike
    """
    row = session.get(PayeeRow, payee_id, with_for_update=True if for_update else None)
    if row is None or caller.customer_id is None or row.customer_id != caller.customer_id:
        raise PayeeNotFound
    if row.removed_at is not None and not removed:
        raise PayeeNotFound
    return row


def payee_with_number(session: Session, customer_id: str, account_number: str) -> PayeeRow | None:
    """Give the customer's payee with this IBAN, if there is one that was not removed."""
    query = select(PayeeRow).where(
        PayeeRow.customer_id == customer_id,
        PayeeRow.account_number == account_number,
        col(PayeeRow.removed_at).is_(None),
    )
    return session.exec(query).first()


def count_payees(session: Session, customer_id: str) -> int:
    """Count a customer's payees that were not removed."""
    query = select(func.count()).where(PayeeRow.customer_id == customer_id, col(PayeeRow.removed_at).is_(None))
    return session.exec(query).one()


def lock_customer(session: Session, customer_id: str) -> None:
    """Let a customer's changes of payees take turns where several writers are possible."""
    session.exec(select(CustomerRow.id).where(CustomerRow.id == customer_id).with_for_update()).first()


def list_payees(session: Session, *, customer_id: str, after: str | None, limit: int) -> Sequence[PayeeRow]:
    """List a customer's payees in the order of adding, after one of them."""
    query = select(PayeeRow).where(
        PayeeRow.customer_id == customer_id, PayeeRow.id > (after or ""), col(PayeeRow.removed_at).is_(None)
    )
    return session.exec(query.order_by(col(PayeeRow.id)).limit(limit)).all()


def payees_snapshot(session: Session) -> list[dict[str, Any]]:
    """List the payees of this bank by ids, as their facts told them."""
    query = select(PayeeRow).where(col(PayeeRow.removed_at).is_(None), col(PayeeRow.account_id).is_not(None))
    return [
        {
            "payee_id": row.id,
            "customer_id": row.customer_id,
            "account_id": row.account_id,
            "cooling_until": None if row.cooling_until is None else format_time(row.cooling_until),
        }
        for row in session.exec(query.order_by(col(PayeeRow.id)))
    ]
